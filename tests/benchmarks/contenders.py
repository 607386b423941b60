"""Ways from a scenario to its plan, each run once and timed phase by phase; run as a process of its own.

`python contenders.py NAME SCENARIO RESULT` writes seconds by phase, the objective and the size of
the problem to the file RESULT, as JSON. Imports are done before the first phase, timed as none.
The files are read before by `read_scenario`, and for comparison by pandas alone.
Every way solves on one thread; `alone.py` has the ways that start from the finished arrays.

planner            balance, assemble, hand over, solve, read back, canonical, certify, tables
planner, LpProblem the same without tables, and the whole `LpProblem` of `to_pulp` at the end
pulp.HiGHS         our arrays as the `LpProblem` of `to_pulp`, solved and read by stock PuLP
textbook PuLP      the model by dictionaries, loops and `lpSum`, solved by HiGHS through stock PuLP
textbook PuLP, CBC the same with PuLP's default solver

`python contenders.py arrays SCENARIO FILE` writes the arrays of the model for `alone.py`. To add a
way, write a function of a scenario and a clock, and name it in `CONTENDERS` and in `apart.py`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import clock as measured
import numpy as np
import pandas as pd
import pulp
from clock import Answer, Clock, Memory, require
from textbook import textbook

from planner import Scenario, Solution, compute_balance, read_scenario, solve
from planner.market.market import build_market
from planner.market.network import build_network
from planner.market.reachability import require_reach
from planner.model import Program, formulate
from planner.runs import write_tables
from planner.solving.bridge import IDR, TONNES, scaled_cost, to_pulp
from planner.solving.result import read_from_pulp

BARE_READ = "bare read"
TABLES = ("flows", "nodes", "coverage", "prices", "capacities", "costs")


def planner_itself(scenario: Scenario, clock: Clock) -> Answer:
    """Solve as `planner run` does, then make and write every table."""
    solution = solve(scenario)
    clock.memory.stop()
    clock.seconds.update(solution.seconds)
    with clock("tables"), tempfile.TemporaryDirectory() as folder:
        _write(solution, Path(folder))
    return Answer(solution.objective, len(solution.values), len(solution.duals))


def planner_and_problem(scenario: Scenario, clock: Clock) -> Answer:
    """Solve as `planner.solve` does, and have the whole problem of PuLP beside the plan."""
    solution = solve(scenario)
    clock.seconds.update(solution.seconds)
    with clock("hand over"):
        problem = to_pulp(solution.program)
    return Answer(solution.objective, problem.numVariables(), problem.numConstraints())


def _write(solution: Solution, folder: Path) -> None:
    tables = {name: getattr(solution, name)() for name in TABLES}
    write_tables(folder, {**tables, "balance": solution.balance.table()})


def _read_by_pandas(scenario: Scenario) -> None:
    """Read the same files with nothing but pandas."""
    for file in sorted({file for lines in scenario.lines.values() for file in set(lines["file"])}):
        pd.read_csv(file)


def stock_pulp(scenario: Scenario, clock: Clock) -> Answer:
    """Return the problem of the bridge to PuLP's own HiGHS solver."""
    program = assembled(scenario, clock)
    with clock("hand over"):
        problem = to_pulp(program)
    return _solved_by_pulp(problem, TimedHiGHS(clock, msg=False, threads=1), clock)


def textbook_pulp(scenario: Scenario, clock: Clock, solver: type[Any]) -> Answer:
    """Write and solve the model as a PuLP user would."""
    with clock("build"):
        problem = textbook(scenario).problem
    return _solved_by_pulp(problem, solver(clock, msg=False, threads=1), clock)


def assembled(scenario: Scenario, clock: Clock) -> Program:
    with clock("balance"):
        balance, network = compute_balance(scenario), build_network(scenario)
        require_reach(scenario, balance, network)
    with clock("assemble"):
        return formulate(build_market(scenario, balance, network))


def _solved_by_pulp(problem: pulp.LpProblem, solver: Any, clock: Clock) -> Answer:
    with clock("hand over"):
        stats = problem.solve(solver)
    with clock("read back"):
        read_from_pulp(problem)
    require(stats.status == pulp.constants.LpSolveStatus.Optimal)
    size = problem.numVariables(), problem.numConstraints()
    return Answer(float(problem.objective.value()) * IDR, *size)


stock_highs: Any = pulp.HiGHS
stock_cbc: Any = pulp.COIN_CMD


class TimedHiGHS(stock_highs):
    """Stock `pulp.HiGHS`, its steps timed apart."""

    name = "HiGHS"

    def __init__(self, clock: Clock, **options: Any) -> None:
        super().__init__(**options)
        self.clock = clock

    def callSolver(self, lp: pulp.LpProblem) -> None:
        with self.clock("solve"):
            super().callSolver(lp)

    def findSolutionValues(self, lp: pulp.LpProblem) -> Any:
        with self.clock("read back"):
            return super().findSolutionValues(lp)


class TimedCBC(stock_cbc):
    """Stock `pulp.COIN_CMD`; files written, CBC and files read count as solving."""

    def __init__(self, clock: Clock, **options: Any) -> None:
        super().__init__(**options)
        self.clock = clock

    def actualSolve(self, lp: pulp.LpProblem, **options: Any) -> Any:
        with self.clock("solve"):
            return super().actualSolve(lp, **options)


CONTENDERS: dict[str, Callable[[Scenario, Clock], Answer]] = {
    "planner": planner_itself,
    "planner, LpProblem": planner_and_problem,
    "pulp.HiGHS": stock_pulp,
    "textbook PuLP": partial(textbook_pulp, solver=TimedHiGHS),
    "textbook PuLP, CBC": partial(textbook_pulp, solver=TimedCBC),
}


def write_arrays(scenario: Scenario, file: str) -> None:
    """Write the linear program in the units it is solved in, and the size of each family of rows."""
    program = assembled(scenario, Clock())
    matrix = program.matrix
    np.savez(
        file,
        cost=scaled_cost(program) * IDR,
        lower=program.lower / TONNES,
        upper=program.upper / TONNES,
        row_lower=program.row_lower / TONNES,
        row_upper=program.row_upper / TONNES,
        starts=matrix.indptr.astype(np.int32),
        columns=matrix.indices.astype(np.int32),
        values=matrix.data,
        families=np.array([block.size for block in program.rows.values()]),
    )


def main(name: str, folder: str, result: str) -> None:
    clock = Clock()
    with clock("read"):
        scenario = read_scenario(folder)
    if name == "planner":
        with clock(BARE_READ):
            _read_by_pandas(scenario)
    if name == "arrays":
        write_arrays(scenario, result)
    else:
        clock.memory = Memory()
        measured.write(result, clock, CONTENDERS[name](scenario, clock))


if __name__ == "__main__":
    main(*sys.argv[1:])
