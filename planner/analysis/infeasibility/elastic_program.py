"""The least that has to give way.

minimise   sum over the twins of  weight[rank] * 100 * twin / scale   + a hundred-thousandth of the cost of carrying
subject to the rows with their twins, the bounds, and  unmet  <=  what the question allows

The weights stand so far apart that a soft kind gives way by far more percent before a harder one does, and
not so far that a port has to grow tenfold to save a tonne of imports. The cost of carrying only chooses
among ways that are equally hard.

Only the goods asked about move; the others stay as the plan has them. What an answer could gain if they
moved too is at most  sum over the rows they share of  dual * what they take there  (weak duality, where
they take room); a good that could gain more than a line is worth is `pressed`, and has to be asked too.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, hstack

from planner.analysis.infeasibility.relaxations import WEIGHTS, ElasticVariables
from planner.arrays import Booleans, Floats, Integers
from planner.model import PENALTIES, Program
from planner.solving import LpSession

CARRYING = 1e-5
"""Share of freight and holding that counts."""
FAR = 30
"""How often the dearest carrying goes into the cheapest twin."""
WIDEST = 1e7
"""The dearest twin is no more than so many times as dear as the cheapest: what is beyond is all as hard."""
ONE_PRICE = 1e5
"""Price of the dearest twin where only some of one kind count, IDR."""
NO_DUAL = 1e-3
"""A dual up to this is nothing, IDR."""


class ElasticProgram:
    """The part of a model that may move, with limits that may give way.

    Parameters
    ----------
    program
        The program; the upper bounds of `unmet` are those of the question.
    twins
        The twins of its limits.
    values
        Where the columns stand that may not move, t.
    commodity
        Position of the good of each column; -1 where it belongs to none.
    goods
        Positions of the goods that may move.
    """

    def __init__(
        self,
        program: Program,
        twins: ElasticVariables,
        values: Floats,
        commodity: Integers,
        goods: set[int],
    ) -> None:
        free = np.isin(commodity, [-1, *goods])
        self._chosen, self._others = np.flatnonzero(free), np.flatnonzero(~free)
        self._commodity = commodity
        weight = twins.cells["rank"].map(WEIGHTS)
        price = (100 * weight / twins.cells["scale"]).to_numpy(dtype=float)
        self.price: Floats = np.minimum(price, WIDEST * price.min(initial=np.inf))
        self.most: Floats = twins.cells["most"].to_numpy(dtype=float).copy()
        self._carrying = _carrying(program)[self._chosen]
        self._fixed = program.matrix[:, self._others]
        self._taken = self._fixed @ np.clip(values, program.lower, program.upper)[self._others]
        self._whole = twins.whole[:, self._chosen]
        own = program.matrix[:, self._chosen]
        self._rows = np.flatnonzero(np.diff(own.indptr))
        self._in_idr = FAR * max(self._carrying.max(initial=0.0), 1.0) / self.price.min(initial=1.0)
        self._charged = self.price * self._in_idr
        self._kept, self._solved_before = LpSession(self._part(program, twins, own)), False

    def _part(self, program: Program, twins: ElasticVariables, own: csr_array) -> Program:
        rows, chosen, none = self._rows, self._chosen, np.zeros(len(self.most))
        return Program(
            cost=np.concatenate([self._carrying, self._charged]),
            lower=np.concatenate([program.lower[chosen], none]),
            upper=np.concatenate([program.upper[chosen], self.most]),
            matrix=csr_array(hstack([own[rows], csr_array(twins.matrix)[rows]])),
            row_lower=program.row_lower[rows] - self._taken[rows],
            row_upper=program.row_upper[rows] - self._taken[rows],
            rare=np.concatenate([program.rare[chosen], none > 0]),
            columns={},
            rows={},
            weight=np.append(program.weight[chosen], none),
        )

    def allow(self, twins: Booleans, most: Floats | float) -> None:
        """Bound twins anew, in units of the program."""
        ids = np.flatnonzero(twins)
        self.most[ids] = most
        self._kept.change_columns(len(self._chosen) + ids, 0.0, most)

    def least(self) -> Floats:
        """Return the twins of the least sum, in units of the program.

        Raises
        ------
        InfeasibleError
            If the twins that may give way do not suffice.
        """
        return self._solved(self._carrying, self.price * self._in_idr)

    def least_of(self, twins: Booleans) -> Floats:
        """Return the twins when some are used as little as the others allow, whatever these cost."""
        price = np.where(twins, self.price, 0.0)
        return self._solved(0.0 * self._carrying, price * (ONE_PRICE / price.max()))

    def _solved(self, carrying: Floats, charged: Floats) -> Floats:
        """Go on from the last answer: what it lets give way is, nearly always, enough for the next one too."""
        first = len(self._chosen)
        self._charged = charged
        self._kept.change_costs(np.arange(first), carrying)
        self._kept.change_costs(first + np.arange(len(charged)), charged)
        self._kept.solve(near=self._solved_before)
        self._solved_before = True
        values: Floats = np.maximum(self._kept.found().values[first:], 0.0)
        return values

    def whole(self) -> Floats:
        """Return what each share is a share of in the last answer, 0 for twins of other figures."""
        whole: Floats = self._whole @ self._kept.found().values[: len(self._chosen)]
        return whole

    def wanted(self) -> Booleans:
        """Return which twins would have made the last sum smaller, had they been allowed more."""
        reduced = self._kept.found().reduced_costs[len(self._chosen) :]
        wanted: Booleans = reduced < -NO_DUAL
        return wanted

    def pressed(self) -> set[int]:
        """Return the goods that stand still and might make the last sum nothing if they moved."""
        if not len(self._others):
            return set()
        found = self._kept.found()
        worth = self._charged @ found.values[len(self._chosen) :]
        dual, shared = found.duals, self._fixed[self._rows]
        binding = (np.abs(dual) > NO_DUAL) & (np.diff(shared.indptr) > 0)
        room = shared.multiply(-np.sign(dual)[:, None]).min(axis=1).toarray().ravel() >= 0
        gain = np.where(room, np.abs(dual * self._taken[self._rows]), np.inf)[binding].sum()
        if gain < worth:
            return set()
        return set(self._commodity[self._others[np.unique(shared[binding].indices)]].tolist())


def _carrying(program: Program) -> Floats:
    """Return what carrying, buying and holding cost, scaled down; penalties count nothing."""
    cost = program.cost * CARRYING
    for block in program.having(*PENALTIES):
        cost[block.span] = 0.0
    return cost
