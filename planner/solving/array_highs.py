"""`pulp.HiGHS` fed and read by arrays: the same solver and entry point without a Python loop per term."""

from __future__ import annotations

import time
from typing import Any

import pulp

from planner.model import Program
from planner.solving.highs import hand_over, quiet_stdout, read_back, run
from planner.solving.partial_pricing import DUAL, PRIMAL, PricedColumns
from planner.solving.result import SolverResult

pulp_highs: Any = pulp.HiGHS


class QuietHiGHS(pulp_highs):  # type: ignore[misc]
    """Stock `pulp.HiGHS` that Ctrl-C stops, without its banner, which must not end up in our standard output."""

    name = "HiGHS"

    def createAndConfigureSolver(self, lp: pulp.LpProblem) -> None:
        """Build the solver."""
        with quiet_stdout():
            super().createAndConfigureSolver(lp)

    def callSolver(self, lp: pulp.LpProblem) -> None:
        """Run HiGHS beside the main thread, so that Ctrl-C stops it."""
        run(_running(lp))


class ArrayHiGHS(QuietHiGHS):
    """HiGHS with the arrays of a program handed over in one call; rare columns follow when they would pay.

    Parameters
    ----------
    program
        The program that the problem was made from.
    options
        HiGHS options by name.
    """

    def __init__(self, program: Program, **options: Any) -> None:
        super().__init__(msg=False, threads=1, **options)
        self.program = program
        self.found: SolverResult | None = None
        self._left_out = PricedColumns(program)
        self.run_seconds = 0.0

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:
        """Hand the arrays over, row by row, in the units of the PuLP problem."""
        hand_over(_running(lp), self._left_out.part(self.program))

    def callSolver(self, lp: pulp.LpProblem) -> None:
        """Run HiGHS beside the main thread, so that Ctrl-C stops it, and note how long it took."""
        start, highs = time.perf_counter(), _running(lp)

        def go_on(strategy: int) -> str:
            """Run by the algorithm asked for, and from its plan on by simplex."""
            if strategy == PRIMAL:
                highs.setOptionValue("solver", "simplex")
                highs.setOptionValue("simplex_strategy", strategy)
            run(highs)
            return str(highs.getModelStatus().name)

        self._left_out.solved(highs, self.program, go_on, DUAL)
        self.run_seconds = time.perf_counter() - start

    def findSolutionValues(self, lp: pulp.LpProblem) -> tuple[int, bool]:
        """Take the values as arrays; tell PuLP the status, and a solution only where it is feasible.

        Stock PuLP calls the point of a time-limited LP a solution even when it violates rows.
        """
        highs = _running(lp)
        self.found = self._left_out.whole(self.program, read_back(highs))
        status = _STATUS.get(highs.getModelStatus().name, pulp.constants.LpSolveStatus.Undefined)
        feasible = highs.getInfo().primal_solution_status == 2
        return status, bool(feasible)

    def buildStats(
        self, lp: pulp.LpProblem, status: int, has_solution: bool, **_: Any
    ) -> pulp.LpSolveStats:
        """Describe the solve from what HiGHS counts; stock PuLP lists every variable for it."""
        rows, columns = self.program.matrix.shape
        return pulp.LpSolveStats(
            solver=self.name,
            status=_S(status),
            has_solution=has_solution,
            time=self.run_seconds,
            objective=_running(lp).getObjectiveValue() if has_solution else None,
            num_variables=columns,
            num_constraints=rows,
        )


_S = pulp.constants.LpSolveStatus
_STATUS = {
    "kOptimal": _S.Optimal,
    "kInfeasible": _S.Infeasible,
    "kUnbounded": _S.Unbounded,
    "kTimeLimit": _S.TimeLimit,
    "kIterationLimit": _S.IterationLimit,
    "kMemoryLimit": _S.MemoryLimit,
    "kInterrupt": _S.Interrupted,
}


def _running(lp: pulp.LpProblem) -> Any:
    """Return the HiGHS object that PuLP keeps with its problem."""
    return lp.solverModel
