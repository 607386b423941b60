"""Medians, ratios and refusals of measured runs, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

from apart import ALONE, Run

type Runs = Mapping[str, Sequence[Run]]
"""All runs of each contender or command; none where it took too long."""

TOLERANCE = 1e-6
"""Largest relative difference of an objective from the reference."""
OURS, WITH_PROBLEM, REFERENCE = "planner", "planner, LpProblem", "highspy"
RAW = ALONE[:3]
"""Rows that hold HiGHS alone: dual simplex with and without presolve, interior point with crossover."""
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
OVERHEAD = ("assemble", "hand over", "read back")


def spent(run: Run, phases: Iterable[str]) -> float:
    """Add up the seconds of phases."""
    return sum(run.seconds.get(phase, 0.0) for phase in phases)


def total(run: Run) -> float:
    """Add up the seconds from the scenario (or the arrays) in memory to values and prices as arrays."""
    return sum(spent(run, phases) for phases in STEPS.values())


def from_arrays(run: Run) -> float:
    """Add up the seconds from the finished arrays to values and prices as arrays."""
    return spent(run, ["hand over", "solve", "read back"])


def own_part(run: Run) -> float:
    """Add up the seconds of every phase but the solver's."""
    return spent(run, PHASES) - spent(run, ["solve"])


def typical(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    """Return the median of a figure over runs."""
    return median(figure(run) for run in runs)


def peak(run: Run) -> float:
    """Return the peak memory, MB."""
    return run.peak


def taken(run: Run) -> float:
    """Return the memory that came on top of what was there before solving, MB."""
    return run.taken


def floor(runs: Runs) -> Sequence[Run]:
    """Return the runs of HiGHS alone with the algorithm that is fastest here."""
    raw = [runs[name] for name in RAW if runs.get(name)]
    return min(raw, key=lambda those: typical(those, total))


def refusals(runs: Runs) -> dict[str, str]:
    """Return of each row whose objective is not the reference's why it does not count."""
    name, those = next((name, runs[name]) for name in RAW if runs.get(name))
    reference = those[0].objective
    most = TOLERANCE * max(1.0, abs(reference))
    wrong = {}
    for way, measured in runs.items():
        off = [run.objective for run in measured if not abs(run.objective - reference) <= most]
        if off:
            wrong[way] = f"refused: {way} found {off[0]:.10g} IDR, {name} {reference:.10g} IDR"
    return wrong


def phase_table(runs: Sequence[Run]) -> str:
    """Return our phases: median, least and most."""
    figures = {phase: [run.seconds.get(phase, 0.0) for run in runs] for phase in PHASES}
    figures["own part (all but solve)"] = [own_part(run) for run in runs]
    rows = [
        [name, *(f"{f(seconds):.3f}" for f in (median, min, max))]
        for name, seconds in figures.items()
    ]
    return table(["phase of planner", "median s", "least s", "most s"], rows)


def comparison_table(runs: Runs, refused: Iterable[str]) -> str:
    """Return a row for each contender; a refused one has no figures."""
    raw = floor(runs)
    head = ["same program, medians", *(f"{step} s" for step in STEPS)]
    head += ["total s", "total / floor", "peak MB", "peak / floor", "taken MB", "taken / floor"]
    rows = [
        [name, "refused"] if name in refused else _comparison_row(name, those, raw)
        for name, those in runs.items()
    ]
    return table(head, rows)


def _comparison_row(name: str, runs: Sequence[Run], raw: Sequence[Run]) -> list[str]:
    if not runs:
        return [name, "too long"]
    steps = [typical(runs, lambda run, p=p: spent(run, p)) for p in STEPS.values()]
    times = [f"{seconds:.3f}" for seconds in (*steps, typical(runs, total))]
    cells = [name, *times, f"{ratio(runs, raw, total):.2f}"]
    for memory in (peak, taken):
        cells += [f"{typical(runs, memory):.0f}", f"{ratio(runs, raw, memory):.2f}"]
    return cells


def ratio(runs: Sequence[Run], raw: Sequence[Run], figure: Callable[[Run], float]) -> float:
    """Set the median of a figure against that of the floor."""
    return typical(runs, figure) / typical(raw, figure)


def command_table(runs: Runs, refused: Iterable[str]) -> str:
    """Return a row for each whole command; a refused one has no figures."""
    rows = [
        [name, "refused"] if name in refused else [name, *_command_row(those)]
        for name, those in runs.items()
    ]
    head = ["whole command, medians", "wall s", "wall less solve s"]
    head += ["peak MB, largest process", "peak MB, all processes"]
    return table(head, rows)


def _command_row(runs: Sequence[Run]) -> list[str]:
    if not runs:
        return ["too long"]
    wall = typical(runs, lambda run: run.wall)
    rest = typical(runs, lambda run: run.wall - spent(run, ["solve"]))
    together = typical(runs, lambda run: max(run.peak, run.family_peak))
    return [f"{wall:.2f}", f"{rest:.2f}", f"{typical(runs, peak):.0f}", f"{together:.0f}"]


def table(head: list[str], rows: list[list[str]]) -> str:
    """Tabulate a Markdown table that also reads well as text."""
    filled = [head, *(row + [""] * (len(head) - len(row)) for row in rows)]
    widths = [max(len(row[i]) for row in filled) for i in range(len(head))]
    lines = ["| " + " | ".join(_padded(row, widths)) + " |" for row in filled]
    rule = "|" + "|".join("-" * (width + 1) + (":" if i else "-") for i, width in enumerate(widths))
    return "\n".join([lines[0], rule + "|", *lines[1:]])


def _padded(row: list[str], widths: list[int]) -> list[str]:
    first, *rest = zip(row, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
