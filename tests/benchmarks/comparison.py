"""Medians, ratios and refusals of measured runs, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

from apart import Run

type Runs = Mapping[str, Sequence[Run]]
"""All runs of each contender or command."""

TOLERANCE = 1e-6
"""Largest relative difference of an objective from the reference."""
OURS, REFERENCE, INTERIOR_POINT = "planner", "highspy", "highspy, interior point"
RAW = (REFERENCE, INTERIOR_POINT)
"""Rows that hold HiGHS alone; ratios are to the one with the least total."""
PHASES = (
    "read",
    "balance",
    "assemble",
    "hand over",
    "solve",
    "read back",
    "canonical",
    "certify",
    "tables",
)
STEPS = {
    "build": ("balance", "assemble", "build"),
    "hand over": ("hand over",),
    "solve": ("solve",),
    "read back": ("read back",),
}
"""Phases of a contender that each column of the comparison adds up."""
OWN_AIM, WALL_AIM, PEAK_AIM = 3.0, 40.0, 1500.0
"""What the national scenario shall keep: s of our own part, s and MB of `planner run`."""
CANONICAL_AIM = 0.5
"""Most that the choice among equally cheap plans may take, as a share of the time to find one."""


def spent(run: Run, phases: Iterable[str]) -> float:
    """Add up the seconds of phases."""
    return sum(run.seconds.get(phase, 0.0) for phase in phases)


def total(run: Run) -> float:
    """Add up the seconds from the scenario in memory to the values and prices as arrays."""
    return sum(spent(run, phases) for phases in STEPS.values())


def own_part(run: Run) -> float:
    """Add up the seconds of every phase but the solver's."""
    return spent(run, PHASES) - spent(run, ["solve"])


def typical(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    """Give the median of a figure over runs."""
    return median(figure(run) for run in runs)


def refusals(runs: Runs) -> dict[str, str]:
    """Say of each row whose objective is not the reference's why it does not count."""
    reference = runs[REFERENCE][0].objective
    most = TOLERANCE * max(1.0, abs(reference))
    wrong = {}
    for name, those in runs.items():
        off = [run.objective for run in those if not abs(run.objective - reference) <= most]
        if off:
            wrong[name] = (
                f"refused: {name} found {off[0]:.10g} IDR, {REFERENCE} {reference:.10g} IDR"
            )
    return wrong


def phase_table(runs: Sequence[Run]) -> str:
    """Give our phases: median, least and most."""
    figures = {phase: [run.seconds.get(phase, 0.0) for run in runs] for phase in PHASES}
    figures["own part (all but solve)"] = [own_part(run) for run in runs]
    rows = [
        [name, *(f"{f(seconds):.3f}" for f in (median, min, max))]
        for name, seconds in figures.items()
    ]
    return _table(["phase of planner", "median s", "least s", "most s"], rows)


def comparison_table(runs: Runs, refused: Iterable[str]) -> str:
    """Give a row for each contender; a refused one has no figures."""
    floor = typical(_floor(runs), total)
    head = ["same program, medians", *(f"{step} s" for step in STEPS)]
    head += ["total s", "not solver s", "total / floor", "peak MB"]
    rows = [
        [name, "refused"] if name in refused else _comparison_row(name, those, floor)
        for name, those in runs.items()
    ]
    return _table(head, rows)


def _comparison_row(name: str, runs: Sequence[Run], floor: float) -> list[str]:
    steps = [typical(runs, lambda run, p=p: spent(run, p)) for p in STEPS.values()]
    whole = typical(runs, total)
    around = typical(runs, lambda run: total(run) - spent(run, ["solve"]))
    times = [f"{seconds:.3f}" for seconds in (*steps, whole, around)]
    return [name, *times, f"{whole / floor:.2f}", f"{typical(runs, lambda run: run.peak):.0f}"]


def command_table(runs: Runs, refused: Iterable[str]) -> str:
    """Give a row for each whole command; a refused one has no figures."""
    rows = [
        [name, "refused"] if name in refused else [name, *_command_row(those)]
        for name, those in runs.items()
    ]
    head = ["whole command, medians", "wall s", "wall less solve s"]
    head += ["peak MB, largest process", "peak MB, all processes"]
    return _table(head, rows)


def _command_row(runs: Sequence[Run]) -> list[str]:
    wall = typical(runs, lambda run: run.wall)
    rest = typical(runs, lambda run: run.wall - spent(run, ["solve"]))
    largest = typical(runs, lambda run: run.peak)
    together = typical(runs, lambda run: max(run.peak, run.family_peak))
    return [f"{wall:.2f}", f"{rest:.2f}", f"{largest:.0f}", f"{together:.0f}"]


def own_part_line(runs: Runs) -> str:
    """Set our own part against its aim and against the raw solver."""
    own, raw = (
        typical(runs[OURS], own_part),
        typical(_floor(runs), lambda run: spent(run, ["solve"])),
    )
    return (
        f"own part {own:.3f} s (aim for nasional-2023: {OWN_AIM:g} s), "
        f"{own / raw:.2f} of the raw solver's {raw:.3f} s"
    )


def canonical_line(runs: Runs) -> str:
    """Set the choice among equally cheap plans against the search for one."""
    chosen, found = (
        typical(runs[OURS], lambda run, p=phase: spent(run, [p]))
        for phase in ("canonical", "solve")
    )
    return (
        f"canonical plan {chosen:.3f} s, {chosen / found:.2f} of the {found:.3f} s to find one "
        f"(aim: {CANONICAL_AIM:g})"
    )


def _floor(runs: Runs) -> Sequence[Run]:
    return min(
        (runs[name] for name in RAW if name in runs), key=lambda those: typical(those, total)
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table that also reads well as text."""
    filled = [head, *(row + [""] * (len(head) - len(row)) for row in rows)]
    widths = [max(len(row[i]) for row in filled) for i in range(len(head))]
    lines = ["| " + " | ".join(_padded(row, widths)) + " |" for row in filled]
    rule = "|" + "|".join("-" * (width + 1) + (":" if i else "-") for i, width in enumerate(widths))
    return "\n".join([lines[0], rule + "|", *lines[1:]])


def _padded(row: list[str], widths: list[int]) -> list[str]:
    first, *rest = zip(row, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
