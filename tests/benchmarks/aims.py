"""What the planner shall keep, each beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator

from comparison import (
    OURS,
    OVERHEAD,
    WITH_PROBLEM,
    Runs,
    floor,
    from_arrays,
    own_part,
    peak,
    ratio,
    spent,
    taken,
    typical,
)

OVERHEAD_SHARE, OVERHEAD_LEAST, A_MILLION = 0.05, 0.1, 2.0
"""Assemble, hand over and read back: share of the raw solver's time, or s; s per million columns."""
MEMORY, MEMORY_OF_PULP = 1.3, 1.7
"""Memory as a ratio to the raw solver's; and where the whole `LpProblem` is made."""
FROM_ARRAYS = {"S1": 0.8, "S2": 0.25, "S3": 0.15, "national-ports": 0.6}
"""Hand over, solve and read back, as a ratio to the raw solver's, which starts there too; by market."""
CANONICAL = 0.5
"""Most that the choice among equally cheap plans may take, as a share of the time to find one."""
READ_TIMES, READ_MORE = 3.0, 0.5
"""Reading with all checks: times as long as pandas alone takes for the same files, and s more."""
OWN_PART = 3.0
"""Most seconds of our own part of the nation."""
RUN_WALL, RUN_PEAK = 40.0, 1500.0
"""Most seconds and MB of `planner run` of the nation, with charts."""


def aims(market: str, runs: Runs) -> Iterator[str]:
    """Return a line for each aim that holds for a market: what was measured, and whether it is met."""
    ours, raw = runs[OURS], floor(runs)
    own = typical(ours, lambda run: spent(run, OVERHEAD))
    allowed = max(OVERHEAD_SHARE * typical(raw, lambda run: spent(run, ["solve"])), OVERHEAD_LEAST)
    bare = typical(ours, lambda run: spent(run, ["bare read"]))
    reading = typical(ours, lambda run: spent(run, ["read"]))
    yield _line("read, s", reading, READ_TIMES * bare + READ_MORE)
    if market != "S0":
        yield _line("assemble + hand over + read back, s", own, allowed)
        yield _line("the same for a million columns, s", own / ours[0].columns * 1e6, A_MILLION)
        yield _line("memory that solving takes / floor", ratio(ours, raw, taken), MEMORY)
        yield _line("peak memory of the process / floor", ratio(ours, raw, peak), MEMORY)
    if market != "S0" and runs.get(WITH_PROBLEM):
        pulp = ratio(runs[WITH_PROBLEM], raw, taken)
        yield _line("memory with an LpProblem / floor", pulp, MEMORY_OF_PULP)
    if market in FROM_ARRAYS:
        yield _line(
            "from finished arrays / floor", ratio(ours, raw, from_arrays), FROM_ARRAYS[market]
        )
    if market == "national":
        yield _line("own part, all but solve, s", typical(ours, own_part), OWN_PART)
        chosen, found = (
            typical(ours, lambda run, p=phase: spent(run, [p])) for phase in ("canonical", "solve")
        )
        yield _line("canonical plan / time to find one", chosen / found, CANONICAL)


def _line(what: str, measured: float, most: float) -> str:
    return f"{'met' if measured <= most else 'MISSED':6}  {what}: {measured:.3g} (aim {most:.3g})"
