"""The whole optimum from a few columns: every column is priced, few are ever solved with.

Columns are left out of a program while they stay at zero. With the duals y of what is left,

    d[j]  =  c[j] - A[:, j]' y      a column left out with d < 0 would pay, and is brought in;
                                    where none is left, y proves the plan for the whole program (weak duality)

Only columns of the largest block, the flows, are left out. What else can meet a need (`unmet`, the gaps) is
always there, so the small program has a plan wherever hard limits leave one; where it has none, every column is
brought in, and the whole program decides. Nothing here knows what a row or a column stands for.

start     for each equation the NEAREST columns of least cost that add to it, and as many that take from it
simplex   solve, price, bring in for each equation the BEST of those that pay, go on from the same basis
ipm       interior point without its last digits, on costs of which none is above DEAR times a usual one; each
          time with the columns of least d, until few others would pay; then FEW of them for each row with
          crossover, on the true costs; the last ones by simplex
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from planner.arrays import Booleans, Floats, Integers
from planner.errors import InfeasibleError, SolveError
from planner.model import Program
from planner.solving.bridge import IDR, TONNES
from planner.solving.highs import OPTIONS, add_columns, empty_highs, hand_over, read_back, run
from planner.solving.result import SolverResult

NEAREST = {"simplex": 6, "ipm": 1}
"""Columns at the start for each equation and sign, by what solves the small programs."""
BEST = 3
"""Columns brought in for each equation and sign, where simplex goes on."""
FEW = 2
"""Columns that may be left out which interior point gets, for each row."""
SPARE = 1.2
"""Columns that a rough round gets for each that would pay: its neighbours may pay next."""
SIMPLEX: dict[str, Any] = {
    **OPTIONS["simplex"],
    "simplex_price_strategy": 1,
    "dual_simplex_cost_perturbation_multiplier": 0.0,
}
"""What simplex is told: of few columns, rows are best priced one by one, and costs need no shaking."""
IPM: dict[str, Any] = {"solver": "ipm", "presolve": "off"}
ROUGH: dict[str, Any] = {**IPM, "run_crossover": "off", "ipm_optimality_tolerance": 1e-2}
"""What interior point is told while its duals serve to choose columns only."""
DEAR = (5, 100, 100, 100)
"""Highest cost in each rough round, as a multiple of the median lane: one of thousands hides the lanes."""
CLOSE = 0.2
"""Columns that would pay, as a share of the rows, below which crossover begins."""
MANY = 0.15
"""Columns that pay, as a share of the rows, above which interior point starts anew rather than simplex goes on."""
TOLERANCE = 1e-4
"""A column whose reduced cost falls below zero by more would pay: the tolerance of HiGHS, IDR/t."""


def generate_columns(program: Program, inner: str) -> SolverResult:
    """Solve a program with few of its columns, and prove the plan for all of them.

    Parameters
    ----------
    program
        The whole program.
    inner
        What solves the small programs: `simplex` or `ipm`.

    Raises
    ------
    InfeasibleError
        If nothing satisfies the whole program.
    SolveError
        If HiGHS stops without a proven optimum of the whole program.
    """
    small = _Small(program, NEAREST[inner])
    if inner == "ipm":
        _approach(small)
    else:
        small.begin(small.inside, SIMPLEX)
    while True:
        small.solve()
        paying = small.paying()
        count = np.count_nonzero(paying)
        if not count:
            return small.found()
        if inner == "ipm" and count > MANY * len(program.row_lower):
            small.begin(small.inside | paying, IPM)
        else:
            small.bring_in(small.best(small.reduced_costs, paying, BEST))


def _approach(small: _Small) -> None:
    """Find by rough rounds the columns of which a plan may consist, and begin with them."""
    rows, inside = len(small.program.row_lower), small.inside
    for dear in DEAR:
        small.begin(inside, ROUGH, dear)
        if small.run() not in {"kOptimal", "kUnknown"}:
            break
        if np.count_nonzero(small.paying()) < CLOSE * rows:
            break
        inside = small.least(max(FEW * rows, int(SPARE * small.negative())))
    small.begin(small.least(FEW * rows), IPM)


class _Small:
    """A program without most columns of its largest block.

    `inside` says which columns HiGHS has, `ever` which it ever had; `reduced_costs` are those of all, IDR/t.
    """

    def __init__(self, program: Program, nearest: int) -> None:
        self.program = program
        self._columns = program.matrix.tocsc()
        block = max(program.columns.values(), key=lambda block: block.size)
        self._free = np.zeros(len(program.cost), dtype=bool)
        self._free[block.span] = program.lower[block.span] == 0
        self._ends = _ends(program, self._free)
        in_equation = np.zeros_like(self._free)
        in_equation[np.concatenate([column for _, column in self._ends])] = True
        self._free &= in_equation
        self.reduced_costs: Floats = program.cost
        near = self._free & ~program.rare
        self.inside = ~self._free | self.best(program.cost, near, nearest)
        self.ever = self.inside

    def begin(self, inside: Booleans, options: dict[str, Any], dear: float = np.inf) -> None:
        """Start HiGHS anew with these columns, none of them dearer than so many times a usual one."""
        self._now = self.program if np.isinf(dear) else self._without_dear(dear)
        ids = np.flatnonzero(inside)
        self.inside, self.ever, self._ids = inside, self.ever | inside, ids
        self._highs = empty_highs()
        for name, value in options.items():
            self._highs.setOptionValue(name, value)
        hand_over(self._highs, self._now.with_columns(ids))

    def _without_dear(self, dear: float) -> Program:
        cost = self.program.cost
        paid = cost[self._free & (cost > 0)]
        if not paid.size:
            return self.program
        return replace(self.program, cost=np.minimum(cost, dear * np.median(paid)))

    def bring_in(self, more: Booleans) -> None:
        """Add columns to those that HiGHS has, and let simplex go on from where it stands."""
        ids = np.flatnonzero(more)
        self.inside, self.ever = self.inside | more, self.ever | more
        self._ids = np.concatenate([self._ids, ids])
        add_columns(self._highs, self.program, ids, self._columns[:, ids])
        for name, value in SIMPLEX.items():
            self._highs.setOptionValue(name, value)

    def solve(self) -> None:
        """Find the optimum of what is inside, or with every column if that has none."""
        status = self.run()
        if status != "kOptimal" and not self.inside.all():
            self.begin(np.ones_like(self.inside), OPTIONS["simplex"])
            status = self.run()
        if status == "kInfeasible":
            raise InfeasibleError("solve.infeasible")
        if status != "kOptimal":
            raise SolveError("solve.not_optimal", solver="highs", status=status[1:])

    def run(self) -> str:
        """Run HiGHS, price every column, and give the status."""
        run(self._highs)
        self._duals = np.array(self._highs.getSolution().row_dual) * (IDR / TONNES)
        self.reduced_costs = self._now.cost - self._now.matrix.T @ self._duals
        return str(self._highs.getModelStatus().name)

    def paying(self) -> Booleans:
        """Return which columns left out would pay."""
        paying: Booleans = ~self.inside & (self.reduced_costs < -TOLERANCE)
        return paying

    def negative(self) -> int:
        """Count the columns that may be left out whose reduced cost is below zero, wherever they are now."""
        return int(np.count_nonzero(self.reduced_costs[self._free] < 0))

    def best(self, value: Floats, among: Booleans, count: int) -> Booleans:
        """Return which of some columns are the few of least value in an equation, for each sign; of equals the last."""
        chosen = np.zeros_like(among)
        for row, column in self._ends:
            here = among[column]
            rows, columns = row[here], column[here]
            starts = np.flatnonzero(np.diff(rows, prepend=-1))
            sizes, left = np.diff(starts, append=len(rows)), value[columns]
            for _ in range(count if starts.size else 0):
                least = np.repeat(np.minimum.reduceat(left, starts), sizes)
                equal = np.flatnonzero((left == least) & np.isfinite(left))
                taken = equal[np.diff(rows[equal], append=-1) != 0]
                chosen[columns[taken]] = True
                left[taken] = np.inf
        return chosen

    def least(self, count: int) -> Booleans:
        """Return which columns cannot be left out, or are among so many of least reduced cost."""
        free = np.flatnonzero(self._free)
        count = min(count, len(free))
        chosen = ~self._free
        chosen[free[np.argpartition(self.reduced_costs[free], count - 1)[:count]]] = True
        return chosen

    def found(self) -> SolverResult:
        """Return the plan of the whole program: what was left out lies at its lower bound, zero."""
        found = read_back(self._highs).of_whole(self._ids, self.reduced_costs)
        return replace(found, entered=int(np.count_nonzero(self.ever)))


def _ends(program: Program, free: Booleans) -> list[tuple[Integers, Integers]]:
    """Return rows, in order, and columns of free columns in equations, of positive entries and of negative ones."""
    entries = program.matrix.tocoo()
    row, column = entries.coords
    here = free[column] & (program.row_lower == program.row_upper)[row]
    return [(row[here & way], column[here & way]) for way in (entries.data > 0, entries.data < 0)]
