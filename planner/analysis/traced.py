"""The market of one commodity with the cargo from one province to another traced through it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack, vstack

from planner.arrays import Array, Booleans, Floats
from planner.errors import SolveError
from planner.model import Block, Program
from planner.solution import Solution
from planner.solution.processing import made
from planner.solving import solve_program


@dataclass(frozen=True, slots=True)
class Trade:
    """What the destination accepts, t; rise of the cost above the plan and freight of the cargo, IDR."""

    accepted: float
    rise: float
    freight: float


class TracedMarket:
    """Linear programs over one commodity in which cargo from `origin` to `destination` is traced.

    Parameters
    ----------
    solution
        The plan; all other commodities, and all that recipes use up and make, stay as they are in it.
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
        program = solution.program
        self._chosen = np.flatnonzero(_columns_of(solution, commodity))
        self._values = np.clip(solution.values, 0, program.upper)[self._chosen]
        flow = solution.column("flow")
        self._is_flow = (self._chosen >= flow.start) & (self._chosen < flow.start + flow.size)
        index = self._chosen[self._is_flow] - flow.start
        self._lane, self._period = flow.index["lane"][index], flow.index["period"][index]
        self._from = solution.network.lane_origin[self._lane]
        self._to = solution.network.lane_destination[self._lane]
        self._cost = program.cost[self._chosen]
        self._own = self._own_surplus(commodity)

    def planned(self) -> float:
        """Give the most of what the plan moves that can be traced from origin to destination, t."""
        moved = self._values[self._is_flow]
        trace, accept = self._trace()
        upper = np.where(self._may_trace(), moved, 0.0)
        if not upper[self._from == self._origin].any():
            return 0.0
        cost = np.append(np.zeros(len(moved)), np.full(accept.shape[1], -1e3))
        leaving = np.append((self._from == self._origin).astype(float), np.zeros(accept.shape[1]))
        matrix = csr_array(vstack([hstack([trace, accept]), csr_array(leaving[None, :])]))
        free = np.full(accept.shape[1], np.inf)
        zeros = np.zeros(trace.shape[0])
        bounds = np.append(zeros, -np.inf), np.append(zeros, self._own)
        values = self._solve(cost, np.append(upper, free), matrix, *bounds)
        return float(values[len(moved) :].sum())

    def could_trade(self) -> bool:
        """Say whether the origin has anything of its own to spare and the destination takes any in."""
        wanted = self._values[self._is_flow][self._to == self._destination].sum()
        for name in ("unmet", "imported"):
            wanted += self._values[self._block_mask(name, self._destination)].sum()
        return bool(self._own > 0 and wanted > 0)

    def most(self) -> Trade:
        """Let the destination accept as much from the origin as it can, at the least cost."""
        return self._trade(self._whole(0.0), -2 * float(self._solution.program.cost.max()))

    def at_least(self, accepted: float) -> Trade:
        """Let the destination accept so many tonnes at the least cost."""
        return self._trade(self._whole(accepted), 0.0)

    def _trade(self, market: tuple[Floats, csr_array, Floats, Floats], reward: float) -> Trade:
        freight, none = self._cost[self._is_flow], np.zeros(self._periods)
        cost = np.concatenate([self._cost, freight, none])
        steered = np.concatenate([self._cost, freight, none + reward])
        values = self._solve(steered, *market, interior=reward != 0.0)
        traced = values[len(self._cost) : -self._periods]
        return Trade(
            accepted=float(values[-self._periods :].sum()),
            rise=float(cost @ values - self._cost @ self._values),
            freight=float(freight @ traced),
        )

    @property
    def _periods(self) -> int:
        return len(self._solution.balance.periods)

    def _may_trace(self) -> Booleans:
        """Say which lanes the traced cargo may take: none into the origin or out of the destination."""
        allowed: Booleans = (self._to != self._origin) & (self._from != self._destination)
        return allowed

    def _trace(self) -> tuple[csr_array, csr_array]:
        """Give the rows that keep traced cargo together between origin and destination.

        arrivals of traced cargo in p  =  traced cargo dispatched in p,  or accepted where p = d
        """
        network, periods = self._solution.network, self._periods
        provinces = len(self._solution.balance.provinces)
        lane, column = self._lane, np.arange(len(self._lane))
        rows, columns, shares = [], [], []
        for delay, share in ((0, 1 - network.late[lane]), (1, network.late[lane])):
            arrival = self._period + network.lag[lane] + delay
            inside = arrival < periods
            rows.append((self._to * periods + arrival)[inside])
            columns.append(column[inside])
            shares.append(((1 - network.loss[lane]) * share)[inside])
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
        """Give bounds, matrix and row bounds of the doubled market."""
        program, own = self._solution.program, self._market_rows()
        model = program.matrix[:, self._chosen]
        model = model[own]
        flows = model[:, np.flatnonzero(self._is_flow)]
        trace, accept = self._trace()
        side, side_lower, side_upper = self._side_rows(accepted)
        blank = csr_array((len(own), self._periods))
        none = csr_array((trace.shape[0], len(self._cost)))
        matrix = vstack([hstack([model, flows, blank]), hstack([none, trace, accept]), side])
        lower, upper = self._row_bounds(own, model)
        zeros = np.zeros(trace.shape[0])
        row_lower = np.concatenate([lower, zeros, side_lower])
        row_upper = np.concatenate([upper, zeros, side_upper])
        traced = np.where(self._may_trace(), np.inf, 0.0)
        bounds = np.concatenate([self._upper(), traced, np.full(self._periods, np.inf)])
        return bounds, csr_array(matrix), row_lower, row_upper

    def _market_rows(self) -> Array:
        touched = self._solution.program.matrix[:, self._chosen]
        return np.flatnonzero(np.diff(touched.indptr))

    def _row_bounds(self, own: Array, model: csr_array) -> tuple[Floats, Floats]:
        """Give what the other commodities leave; never less than what the plan takes."""
        program = self._solution.program
        here = model @ self._values
        others = (program.matrix @ self._solution.values)[own] - here
        lower, upper = program.row_lower[own] - others, program.row_upper[own] - others
        equal = program.row_lower[own] == program.row_upper[own]
        lower = np.where(equal, here, np.minimum(lower, here))
        return lower, np.where(equal, here, np.maximum(upper, here))

    def _upper(self) -> Floats:
        """Bound what may not be worse than in the plan."""
        upper = self._solution.program.upper[self._chosen].copy()
        kept = (
            self._block_mask("unmet")
            | self._block_mask("reserve_gap")
            | self._block_mask("closing_gap")
        )
        kept |= self._block_mask("discarded") | self._block_mask("imported", self._origin)
        final = self._block_mask("stock", self._destination) & self._last_period("stock")
        kept |= final
        upper[kept] = self._values[kept]
        return upper

    def _side_rows(self, accepted: float) -> tuple[csr_array, Floats, Floats]:
        """Keep origin from taking in more, destination from sending on or supplying less."""
        received = np.where(
            self._to == self._origin, 1 - self._solution.network.loss[self._lane], 0.0
        )
        sent = np.where(self._from == self._destination, 1.0, 0.0)
        supplied = self._block_mask("supplied", self._destination).astype(float)
        blank = np.zeros(self._periods)
        base = np.zeros(len(self._cost))
        into, out_of = base.copy(), base.copy()
        into[self._is_flow], out_of[self._is_flow] = received, sent
        none = np.zeros(len(self._lane))
        leaving = (self._from == self._origin).astype(float)
        rows = [
            np.concatenate([into, received, blank]),
            np.concatenate([out_of, sent, blank]),
            np.concatenate([supplied, none, blank]),
            np.concatenate([base, none, blank + 1]),
            np.concatenate([base, leaving, blank]),
        ]
        limits = [float(row[: len(base)] @ self._values) for row in rows]
        lower = np.array([-np.inf, -np.inf, limits[2], accepted, -np.inf])
        upper = np.array([limits[0], limits[1], np.inf, np.inf, self._own])
        return csr_array(np.array(rows)), lower, upper

    def _own_surplus(self, commodity: int) -> float:
        """Give what the origin produced, made and had, and neither eats, uses up nor keeps at the end, t."""
        solution, balance, cell = self._solution, self._solution.balance, (self._origin, commodity)
        had = balance.produced[cell].sum() + made(solution)[cell].sum() + balance.opening[cell]
        eaten = balance.need[cell].sum() - solution.cube("unmet")[cell].sum()
        used, kept = solution.cube("processed")[cell].sum(), solution.cube("stock")[cell][-1]
        return float(max(had - eaten - used - kept, 0.0))

    def _block_mask(self, name: str, province: int | None = None) -> Booleans:
        inside = np.zeros(len(self._solution.values), dtype=bool)
        block = self._solution.column(name)
        inside[block.span] = True if province is None else block.index["province"] == province
        return inside[self._chosen]

    def _last_period(self, name: str) -> Booleans:
        last = np.zeros(len(self._solution.values), dtype=bool)
        block = self._solution.column(name)
        last[block.span] = block.index["period"] == self._periods - 1
        return last[self._chosen]

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
        program = Program(cost, lower, upper, matrix, row_lower, row_upper, columns, rows, np.inf)
        if interior:
            with suppress(SolveError):
                return solve_program(program, self._solver, algorithm="ipm").values
        return solve_program(program, self._solver).values


def _columns_of(solution: Solution, commodity: int) -> Booleans:
    """Say which columns of the program belong to a commodity; what recipes do stays as it is."""
    chosen = np.zeros(len(solution.values), dtype=bool)
    for name, block in solution.program.columns.items():
        if name == "processed":
            continue
        place = (
            solution.network.lane_commodity[block.index["lane"]]
            if name == "flow"
            else block.index["commodity"]
        )
        chosen[block.span] = place == commodity
    return chosen
