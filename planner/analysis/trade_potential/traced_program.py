"""The market of a commodity with the cargo from one province to another traced through it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack, vstack

from planner.analysis.trade_potential.commodity_subproblem import CommoditySubproblem
from planner.arrays import Array, Booleans, Floats
from planner.errors import SolveError
from planner.model import PENALTIES, Block, Program
from planner.solution import Solution
from planner.solving import solve_program


@dataclass(frozen=True, slots=True)
class Trade:
    """What the destination accepts, t; rise of the money above the plan and freight of the cargo, IDR."""

    accepted: float
    rise: float
    freight: float


class TracedProgram:
    """Linear programs over a commodity, and those it is made from or into, in which cargo is traced.

    Parameters
    ----------
    solution
        The plan; all commodities that no recipe joins with the traced one stay as they are in it.
    origin, destination, commodity
        Positions.
    solver
        Name of the solver.
    """

    def __init__(
        self, solution: Solution, origin: int, destination: int, commodity: int, solver: str
    ) -> None:
        self._solution, self._solver = solution, solver
        self._origin, self._destination = origin, destination
        self._market = market = CommoditySubproblem(solution, commodity)
        flow = solution.column("flow")
        self._is_flow = market.block("flow") & (market.good == commodity)
        index = market.chosen[self._is_flow] - flow.start
        self._lane, self._period, self._age = (
            flow.index[axis][index] for axis in ("lane", "period", "age")
        )
        self._from = solution.network.lane_origin[self._lane]
        self._to = solution.network.lane_destination[self._lane]

    def planned(self) -> float:
        """Return the most of what the plan moves that can be traced from origin to destination, t."""
        moved = self._market.values[self._is_flow]
        trace, accept = self._trace()
        upper = np.where(self._may_trace(), moved, 0.0)
        if not upper[self._from == self._origin].any():
            return 0.0
        cost = np.append(np.zeros(len(moved)), np.full(accept.shape[1], -1e3))
        leaving = np.append((self._from == self._origin).astype(float), np.zeros(accept.shape[1]))
        matrix = csr_array(vstack([hstack([trace, accept]), csr_array(leaving[None, :])]))
        free = np.full(accept.shape[1], np.inf)
        zeros = np.zeros(trace.shape[0])
        made = float(self._market.made(self._origin) @ self._market.values)
        own = max(self._market.own(self._origin) + made, 0.0)
        bounds = np.append(zeros, -np.inf), np.append(zeros, own)
        values = self._solve(cost, np.append(upper, free), matrix, *bounds)
        return float(values[len(moved) :].sum())

    def could_trade(self) -> bool:
        """Return whether the origin has, or could make, something to spare and the destination takes any in."""
        market, there = self._market, self._destination
        wanted = market.into(there) @ market.values
        for name in ("unmet", "imported"):
            wanted += market.values[market.block(name, there)].sum()
        spare = market.own(self._origin) > 0 or market.made(self._origin).any()
        return bool(spare and wanted > 0)

    def most(self) -> Trade:
        """Let the destination accept as much from the origin as it can, at the least cost."""
        return self._trade(self._whole(0.0), -2 * float(self._solution.program.cost.max()))

    def at_least(self, accepted: float) -> Trade:
        """Let the destination accept so many tonnes at the least cost."""
        return self._trade(self._whole(accepted), 0.0)

    def _trade(self, market: tuple[Floats, csr_array, Floats, Floats], reward: float) -> Trade:
        usual, none = self._market.cost, np.zeros(self._periods)
        freight = usual[self._is_flow]
        money = self._market.money
        steered = np.concatenate([usual, freight, none + reward])
        values = self._solve(steered, *market, interior=reward != 0.0)
        traced = values[len(usual) : -self._periods]
        return Trade(
            accepted=float(values[-self._periods :].sum()),
            rise=float(
                money @ values[: len(usual)] + freight @ traced - money @ self._market.values
            ),
            freight=float(freight @ traced),
        )

    @property
    def _periods(self) -> int:
        return len(self._solution.balance.periods)

    def _may_trace(self) -> Booleans:
        """Return which lanes the traced cargo may take: none into the origin or out of the destination."""
        allowed: Booleans = (self._to != self._origin) & (self._from != self._destination)
        return allowed

    def _trace(self) -> tuple[csr_array, csr_array]:
        """Return the rows that keep traced cargo together between origin and destination.

        arrivals of traced cargo in p  =  traced cargo dispatched in p,  or accepted where p = d
        """
        network, periods = self._solution.network, self._periods
        provinces = len(self._solution.balance.provinces)
        lane, column = self._lane, np.arange(len(self._lane))
        rows, columns, shares = [], [], []
        for delay, share in network.arriving(lane, self._age):
            arrival = self._period + delay
            inside = arrival < periods
            rows.append((self._to * periods + arrival)[inside])
            columns.append(column[inside])
            shares.append(share[inside])
        leaving = self._from != self._origin
        rows.append((self._from * periods + self._period)[leaving])
        columns.append(column[leaving])
        shares.append(np.full(int(leaving.sum()), -1.0))
        shape = (provinces * periods, len(lane))
        trace = coo_array(
            (np.concatenate(shares), (np.concatenate(rows), np.concatenate(columns))), shape
        )
        place = self._destination * periods + np.arange(periods)
        accept = coo_array((-np.ones(periods), (place, np.arange(periods))), (shape[0], periods))
        keep = np.setdiff1d(np.arange(shape[0]), self._origin * periods + np.arange(periods))
        return trace.tocsr()[keep], accept.tocsr()[keep]

    def _whole(self, accepted: float) -> tuple[Floats, csr_array, Floats, Floats]:
        """Return bounds, matrix and row bounds of the doubled market."""
        program, own = self._solution.program, self._market_rows()
        model = program.matrix[:, self._market.chosen]
        model = model[own]
        flows = model[:, np.flatnonzero(self._is_flow)]
        trace, accept = self._trace()
        side, side_lower, side_upper = self._side_rows(accepted)
        blank = csr_array((len(own), self._periods))
        none = csr_array((trace.shape[0], len(self._market.cost)))
        matrix = vstack([hstack([model, flows, blank]), hstack([none, trace, accept]), side])
        lower, upper = self._row_bounds(own, model)
        zeros = np.zeros(trace.shape[0])
        row_lower = np.concatenate([lower, zeros, side_lower])
        row_upper = np.concatenate([upper, zeros, side_upper])
        upper = self._upper()
        traced = np.where(self._may_trace(), upper[self._is_flow], 0.0)
        bounds = np.concatenate([upper, traced, np.full(self._periods, np.inf)])
        return bounds, csr_array(matrix), row_lower, row_upper

    def _market_rows(self) -> Array:
        touched = self._solution.program.matrix[:, self._market.chosen]
        return np.flatnonzero(np.diff(touched.indptr))

    def _row_bounds(self, own: Array, model: csr_array) -> tuple[Floats, Floats]:
        """Return what the other commodities leave; never less than what the plan takes."""
        program = self._solution.program
        here = model @ self._market.values
        others = (program.matrix @ self._solution.values)[own] - here
        lower, upper = program.row_lower[own] - others, program.row_upper[own] - others
        equal = program.row_lower[own] == program.row_upper[own]
        lower = np.where(equal, here, np.minimum(lower, here))
        return lower, np.where(equal, here, np.maximum(upper, here))

    def _upper(self) -> Floats:
        """Bound what may not be worse than in the plan."""
        market = self._market
        upper = self._solution.program.upper[market.chosen].copy()
        kept = market.block("imported", self._origin)
        for block in self._solution.program.having(*PENALTIES):
            kept |= market.block(block.name)
        kept |= market.block("stock", self._destination) & market.last("stock")
        upper[kept] = market.values[kept]
        return upper

    def _side_rows(self, accepted: float) -> tuple[csr_array, Floats, Floats]:
        """Keep origin from taking in more, destination from sending on or supplying less."""
        market = self._market
        goods = market.family[:, None] == market.good
        both = np.vstack(
            [goods * market.into(self._origin), goods * market.out_of(self._destination)]
        )
        supplied = goods & market.block("supplied", self._destination)
        plan = np.vstack([both, -1.0 * supplied, -market.made(self._origin)])
        traced = np.zeros((len(plan), len(self._lane)))
        traced[: len(both)] = both[:, self._is_flow]
        traced[-1] = self._from == self._origin
        rows = np.hstack([plan, traced, np.zeros((len(plan), self._periods))])
        limits = plan @ market.values
        limits[-1] = max(market.own(self._origin), limits[-1])
        accept = np.append(np.zeros(plan.shape[1] + traced.shape[1]), np.ones(self._periods))
        lower = np.append(np.full(len(plan), -np.inf), accepted)
        return csr_array(np.vstack([rows, accept])), lower, np.append(limits, np.inf)

    def _solve(
        self,
        cost: Floats,
        upper: Floats,
        matrix: csr_array,
        row_lower: Floats,
        row_upper: Floats,
        *,
        interior: bool = False,
    ) -> Floats:
        """Solve; a reward makes simplex slow, and interior point now and then fails to finish."""
        columns = {"column": Block("column", 0, len(cost), {}, "t")}
        rows = {"row": Block("row", 0, len(row_lower), {}, "t")}
        lower = np.zeros(len(cost))
        rare = np.zeros(len(cost), dtype=bool)
        parts = cost, lower, upper, matrix, row_lower, row_upper, columns, rows, lower, rare
        program = Program(*parts)
        if interior:
            with suppress(SolveError):
                return solve_program(program, self._solver, algorithm="ipm").values
        return solve_program(program, self._solver).values
