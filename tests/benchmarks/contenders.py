"""Ways to the same plan, each run once and timed phase by phase; run as a process of its own.

`python contenders.py NAME SCENARIO RESULT` writes seconds by phase, the objective and the size of
the problem to the file RESULT, as JSON. Imports are done before the first phase, timed as none.
Every way solves on one thread and starts from the scenario in memory:

planner         balance, assemble, hand over (with the `LpProblem`), solve, read back, tables
highspy         the same arrays given to `Highs.passModel`: the floor; with two algorithms
pulp.HiGHS      the same arrays as the `LpProblem` of `to_pulp`, solved and read by stock PuLP
textbook PuLP   the same model by dictionaries, loops and `lpSum`, solved and read by stock PuLP

To add a way, write a function of a scenario and a clock, and name it in `CONTENDERS`.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import highspy
import numpy as np
import pulp
from twins import twin_of

from planner import Scenario, Solution, balance_of, read_scenario, solve
from planner.model import Program, formulate
from planner.network import network_of
from planner.reach import require_reach
from planner.runs import write_tables
from planner.solving.bridge import IDR, TONNES, scaled_cost, to_pulp
from planner.solving.found import found_by_pulp

TABLES = ("flows", "nodes", "coverage", "prices", "capacities", "costs")


class Clock:
    """Seconds by phase; a phase within another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._phase, self._since = "", 0.0

    @contextmanager
    def __call__(self, phase: str) -> Iterator[None]:
        outer = self._phase
        self._turn_to(phase)
        yield
        self._turn_to(outer)

    def _turn_to(self, phase: str) -> None:
        now = time.perf_counter()
        if self._phase:
            self.seconds[self._phase] += now - self._since
        self._phase, self._since = phase, now


class Answer(NamedTuple):
    """The objective in IDR, and the size of the problem."""

    objective: float
    columns: int
    rows: int


def planner_itself(scenario: Scenario, clock: Clock) -> Answer:
    """Solve as `planner run` does, then make and write every table."""
    solution = solve(scenario)
    clock.seconds.update(solution.seconds)
    with clock("tables"), tempfile.TemporaryDirectory() as folder:
        _write(solution, Path(folder))
    return Answer(solution.objective, len(solution.values), len(solution.duals))


def _write(solution: Solution, folder: Path) -> None:
    tables = {name: getattr(solution, name)() for name in TABLES}
    write_tables(folder, {**tables, "balance": solution.balance.table()})


def raw_highs(scenario: Scenario, clock: Clock, **options: Any) -> Answer:
    """Give our arrays to HiGHS with nothing in between."""
    program = _assembled(scenario, clock)
    with clock("hand over"):
        highs = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1, **options}.items():
            highs.setOptionValue(name, value)
        _pass(highs, program)
    with clock("solve"):
        highs.run()
    with clock("read back"):
        solution = highs.getSolution()
        for part in (solution.col_value, solution.col_dual, solution.row_dual):
            np.array(part)
    _require(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)
    rows, columns = program.matrix.shape
    return Answer(highs.getObjectiveValue() * IDR, columns, rows)


def _pass(highs: Any, program: Program) -> None:
    """Use the flat overload of `passModel`: sizes, format, sense, offset, arrays, no integers."""
    matrix = program.matrix
    rows, columns = matrix.shape
    by_row, minimise = int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize)
    bounds = (program.lower, program.upper, program.row_lower, program.row_upper)
    entries = matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data
    continuous = np.zeros(columns, dtype=np.int32)
    status = highs.passModel(
        *(columns, rows, matrix.nnz, by_row, minimise, 0.0, scaled_cost(program)),
        *(bound / TONNES for bound in bounds),
        *(*entries, continuous),
    )
    _require(status == highspy.HighsStatus.kOk)


def stock_pulp(scenario: Scenario, clock: Clock) -> Answer:
    """Give the problem of the bridge to PuLP's own HiGHS solver."""
    program = _assembled(scenario, clock)
    with clock("hand over"):
        problem = to_pulp(program)
    return _solved_by_pulp(problem, clock)


def textbook_pulp(scenario: Scenario, clock: Clock) -> Answer:
    """Write and solve the model as a PuLP user would."""
    with clock("build"):
        problem = twin_of(scenario).problem
    return _solved_by_pulp(problem, clock)


def _assembled(scenario: Scenario, clock: Clock) -> Program:
    with clock("balance"):
        balance, network = balance_of(scenario), network_of(scenario)
        require_reach(scenario, balance, network)
    with clock("assemble"):
        return formulate(scenario, balance, network)


def _solved_by_pulp(problem: pulp.LpProblem, clock: Clock) -> Answer:
    with clock("hand over"):
        stats = problem.solve(TimedHiGHS(clock))
    with clock("read back"):
        found_by_pulp(problem)
    _require(stats.status == pulp.constants.LpSolveStatus.Optimal)
    size = problem.numVariables(), problem.numConstraints()
    return Answer(float(problem.objective.value()) * IDR, *size)


pulp_highs: Any = pulp.HiGHS


class TimedHiGHS(pulp_highs):
    """Stock `pulp.HiGHS`, its steps timed apart."""

    name = "HiGHS"

    def __init__(self, clock: Clock) -> None:
        super().__init__(msg=False, threads=1)
        self.clock = clock

    def callSolver(self, lp: pulp.LpProblem) -> None:
        with self.clock("solve"):
            super().callSolver(lp)

    def findSolutionValues(self, lp: pulp.LpProblem) -> Any:
        with self.clock("read back"):
            return super().findSolutionValues(lp)


def _require(proven: bool) -> None:
    if not proven:
        raise RuntimeError("no proven optimum")


CONTENDERS: dict[str, Callable[[Scenario, Clock], Answer]] = {
    "planner": planner_itself,
    "highspy": raw_highs,
    "pulp.HiGHS": stock_pulp,
    "textbook PuLP": textbook_pulp,
    "highspy, interior point": partial(raw_highs, solver="ipm"),
}


def main(name: str, folder: str, result: str) -> None:
    clock = Clock()
    with clock("read"):
        scenario = read_scenario(folder)
    answer = CONTENDERS[name](scenario, clock)
    Path(result).write_text(json.dumps({"seconds": clock.seconds, **answer._asdict()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
