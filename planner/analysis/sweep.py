"""Many scenarios that differ in a few figures, solved one by one or in processes, in one tidy frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict
from itertools import product
from multiprocessing import get_context
from typing import Any

import pandas as pd

from planner.errors import OptionError
from planner.given import require_kind
from planner.scenario import Scenario
from planner.solving import solve

TOTALS = ("money_idr", "unmet_t", "reserve_gap_t", "closing_gap_t")

type Change = Callable[[Scenario, Any], Scenario] | Mapping[str, Any]
"""A function of scenario and value, or the arguments of `Scenario.adjust` with `change` for the way of change."""
type Row = dict[str, Any]


def sweep(
    scenario: Scenario,
    grid: Mapping[str, tuple[Change, Sequence[Any]]],
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Solve a scenario at every point of a grid.

    Every point is a plan of its own, solved from nothing: none depends on another, nor on their order.

    Parameters
    ----------
    scenario
        What all points have in common.
    grid
        By the name of a column of the result: a change and its values. A change is a function that takes a
        scenario and a value and returns a scenario, or a mapping with `table`, `column`, perhaps `where`, and
        `change`: `"multiply"`, `"add"` or `"set"`. Changes are done in the order of the grid.
    jobs
        Processes that solve at the same time. With more than one, a script must start its work below
        ``if __name__ == "__main__":``, for each process imports it.
    progress
        Called with the number of points that are done and of all.

    Returns
    -------
    pandas.DataFrame
        One row a point, the last column of the grid fastest: its values, `money_idr` (IDR), `unmet_t`,
        `reserve_gap_t`, `closing_gap_t` (t), and `problem`: "" or why the point has no plan. The figures of a point
        without a plan are NaN.

    Raises
    ------
    OptionError
        If this is no scenario, the grid names a column of the result, holds no value, or `jobs` is no number from 1.

    Examples
    --------
    >>> import planner
    >>> harvest = {"table": "production", "column": "tonnes", "change": "multiply"}
    >>> found = planner.sweep(planner.example(), {"harvest": (harvest, [1.0, 0.5])})
    >>> found[["harvest", "money_idr", "unmet_t"]]
       harvest  money_idr  unmet_t
    0      1.0  7450000.0      0.0
    1      0.5   250000.0     70.0
    """
    require_kind(scenario, Scenario, "planner.sweep")
    _require_grid(grid, jobs)
    points = [
        dict(zip(grid, values, strict=True))
        for values in product(*(values for _, values in grid.values()))
    ]
    found: list[Row] = [{} for _ in points]
    makers = {name: change for name, (change, _) in grid.items()}
    with _workers(jobs) as workers:
        for done, (place, row) in enumerate(
            _rows(scenario, makers, points, workers, jobs), start=1
        ):
            found[place] = row
            if progress is not None:
                progress(done, len(points))
    return pd.DataFrame(
        [point | row for point, row in zip(points, found, strict=True)],
        columns=[*grid, *TOTALS, "problem"],
    )


def _require_grid(grid: Mapping[str, tuple[Change, Sequence[Any]]], jobs: int) -> None:
    """Refuse a grid without values, one that hides a result, and a number of processes that is none."""
    taken = [name for name in grid if name in {*TOTALS, "problem"}]
    if taken:
        raise OptionError("library.taken", name=taken[0])
    if not grid or not all(len(values) for _, values in grid.values()):
        raise OptionError("library.no_values")
    if isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1:
        raise OptionError("library.jobs", value=jobs)


@contextmanager
def _workers(jobs: int) -> Iterator[Executor | None]:
    """Start processes as Windows does everywhere, so that a script works here and there alike."""
    if jobs == 1:
        yield None
        return
    workers = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    try:
        yield workers
    finally:
        workers.shutdown(cancel_futures=True)


def _rows(
    scenario: Scenario,
    changes: Mapping[str, Change],
    points: Sequence[Row],
    workers: Executor | None,
    jobs: int,
) -> Iterator[tuple[int, Row]]:
    """Yield place and figures of each point as it is done.

    Scenarios are changed here, where any function will do, and only a few ahead of those that are being solved.
    """
    waiting: dict[Future[Row], int] = {}
    for place, point in enumerate(points):
        try:
            changed = _changed(scenario, changes, point)
        except Exception as error:  # noqa: BLE001 - a function of the caller may raise anything
            yield place, _without_plan(error)
            continue
        if workers is None:
            yield place, _figures(changed)
            continue
        try:
            waiting[workers.submit(_figures, changed)] = place
        except Exception as error:  # noqa: BLE001 - processes that died take no more work
            yield place, _without_plan(error)
        while len(waiting) > 2 * jobs:
            yield from _done(waiting)
    while waiting:
        yield from _done(waiting)


def _done(waiting: dict[Future[Row], int]) -> Iterator[tuple[int, Row]]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        error = future.exception()
        yield waiting.pop(future), future.result() if error is None else _without_plan(error)


def _changed(scenario: Scenario, changes: Mapping[str, Change], point: Row) -> Scenario:
    for name, change in changes.items():
        if callable(change):
            scenario = change(scenario, point[name])
        else:
            words = dict(change)
            scenario = scenario.adjust(**{words.pop("change"): point[name]}, **words)
    return scenario


def _figures(scenario: Scenario) -> Row:
    """Return what the plan of a scenario comes to; run in a process of its own where there are several."""
    try:
        totals = asdict(solve(scenario).totals)
    except Exception as error:  # noqa: BLE001 - one point must not lose the others
        return _without_plan(error)
    return {name: totals[name] for name in TOTALS} | {"problem": ""}


def _without_plan(error: BaseException) -> Row:
    """Return the figures of a point that has none, and the reason."""
    return dict.fromkeys(TOTALS, float("nan")) | {"problem": str(error) or type(error).__name__}
