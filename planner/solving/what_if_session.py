"""A plan kept in HiGHS whose harvests, freights and capacities are changed in the words of its scenario.

harvest     most supplied        by (province, commodity, period)
freight     cost of a flow       by (origin, destination, mode, service, commodity, period)
capacity    room of an arc       by (origin, destination, mode, period)
throughput  room of a port       by (port, period)

Each change multiplies the figures as they are, so that the order of changes does not matter. Rules that count rupiah
go on counting the old freight: a new scenario has its own.
Flows that cost more than FAR above what they earn are left out until they would pay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property

import numpy as np

from planner.arrays import Booleans, Integers, positions
from planner.errors import OptionError
from planner.formats.hints import hint
from planner.given import require_code, require_kind
from planner.model import Block
from planner.solution import Solution
from planner.solution.least_unmet import LeastUnmet
from planner.solution.totals import Totals, compute_totals
from planner.solving.basis import LOWER
from planner.solving.coverage_first import solve_least_unmet, with_empty_row, with_row_free
from planner.solving.resolve import replace_result
from planner.solving.session import LpSession

FAR = 1e4
"""Reduced cost from which a flow that the plan leaves alone is left out, IDR/t."""

HELD_STAGES = {"fairness", "calm"}
"""Stages that are worked out anew for other figures, and not by solving again."""

MOST_TIMES = 1e6
"""Largest factor of a change; a larger one would drown every other figure in the solver."""

type Codes = str | Sequence[str]
"""A code or several; "" means all."""


class WhatIfSession:
    """The model of a plan, standing at that plan.

    Parameters
    ----------
    solution
        The plan.

    Attributes
    ----------
    model
        The same by columns and rows.
    """

    def __init__(self, solution: Solution) -> None:
        program, self._solution = with_empty_row(solution.program), solution
        self.model = LpSession(program, with_row_free(solution.basis, program), _far(solution))
        self._covered: LeastUnmet | None = None

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Undo on leaving every change made inside, and stand where the plan stood."""
        with self.model.trial():
            yield

    def solve(self) -> Totals:
        """Solve again, the least need unmet first, and give what the plan then comes to: money and tonnes apart.

        Raises
        ------
        InfeasibleError
            If nothing satisfies the figures as they are now.
        SolveError
            If HiGHS stops without a proven optimum.
        """
        self._covered = solve_least_unmet(self.model)
        return compute_totals(self.model.now, self.model.found().values)

    def solution(self) -> Solution:
        """Solve again and give the whole plan, with its tables, prices and certificate.

        The balance and the tables of inputs in it are still those of the plan before.

        Raises
        ------
        InfeasibleError, SolveError
            As `solve`; or if the plan is not proven.
        """
        self.solve()
        return replace_result(
            self._solution, self.model.copy_of_now(), self.model.found(), self._covered
        )

    def change_harvest(
        self, times: float, *, province: Codes = "", commodity: Codes = "", period: Codes = ""
    ) -> None:
        """Multiply what provinces can supply; where nothing grows nothing is added.

        Raises
        ------
        OptionError
            If a code is unknown, nothing of the kind is there to be changed, or `times` is no sound factor.
        """
        _require_factor(times)
        where = {"province": province, "commodity": commodity, "period": period}
        ids = self._chosen(self._solution.column("supplied"), where)
        now = self.model.now
        self.model.change_columns(ids, now.lower[ids], now.upper[ids] * times)

    def change_freight(
        self,
        times: float,
        *,
        origin: Codes = "",
        destination: Codes = "",
        mode: Codes = "",
        service: Codes = "",
        commodity: Codes = "",
        period: Codes = "",
    ) -> None:
        """Multiply freight, with handling.

        Raises
        ------
        OptionError
            If a code is unknown, nothing of the kind is there to be changed, or `times` is no sound factor.
        """
        _require_factor(times)
        where = {"origin": origin, "destination": destination, "mode": mode, "service": service}
        where |= {"commodity": commodity, "period": period}
        ids = self._chosen(self._solution.column("flow"), where)
        self.model.change_costs(ids, self.model.now.cost[ids] * times)

    def change_capacity(
        self,
        times: float,
        *,
        origin: Codes = "",
        destination: Codes = "",
        mode: Codes = "",
        period: Codes = "",
    ) -> None:
        """Multiply the room of arcs that have a limit.

        Raises
        ------
        OptionError
            If a code is unknown, nothing of the kind is there to be changed, or `times` is no sound factor.
        """
        where = {"origin": origin, "destination": destination, "mode": mode, "period": period}
        self._scale_rows("arc_capacity", where, times)

    def change_throughput(self, times: float, *, port: Codes = "", period: Codes = "") -> None:
        """Multiply what ports that have a limit can handle.

        Raises
        ------
        OptionError
            If a code is unknown, nothing of the kind is there to be changed, or `times` is no sound factor.
        """
        self._scale_rows("port_throughput", {"port": port, "period": period}, times)

    def _scale_rows(self, family: str, where: Mapping[str, Codes], times: float) -> None:
        _require_factor(times)
        ids = self._chosen(self._solution.row(family), where)
        now = self.model.now
        self.model.change_rows(ids, now.row_lower[ids], now.row_upper[ids] * times)

    def _chosen(self, block: Block, where: Mapping[str, Codes]) -> Integers:
        """Return the ids of the entries that every filter allows."""
        allowed = np.ones(block.size, dtype=bool)
        for axis, codes in where.items():
            if not isinstance(codes, str) or codes:
                allowed &= _named(self._labels[axis], codes)[self._places(block, axis)]
        if not allowed.any():
            raise OptionError("change.nothing", family=block.name)
        return block.ids[allowed]

    def _places(self, block: Block, axis: str) -> Integers:
        """Return the position of each entry of a block on an axis."""
        network, index = self._solution.network, block.index
        if axis in index:
            return index[axis]
        if axis == "commodity":
            return network.lane_commodity[index["lane"]]
        arc = index["arc"] if "arc" in index else network.lane_arc[index["lane"]]
        return self._of_arcs[axis][arc]

    @cached_property
    def _labels(self) -> dict[str, Sequence[str]]:
        balance, network = self._solution.balance, self._solution.network
        return {
            **dict.fromkeys(("province", "origin", "destination"), balance.provinces),
            "commodity": balance.commodities,
            "period": balance.periods,
            "mode": sorted(set(network.mode)),
            "service": sorted(set(network.service)),
            "port": network.ports,
        }

    @cached_property
    def _of_arcs(self) -> dict[str, Integers]:
        """Positions of origin, destination, mode and service of each arc."""
        network = self._solution.network
        ends = {"origin": network.origin, "destination": network.destination}
        kinds = {"mode": network.mode, "service": network.service}
        return ends | {axis: positions(self._labels[axis], kinds[axis]) for axis in kinds}


def what_if(solution: Solution) -> WhatIfSession:
    """Keep the model of a plan, standing at that plan, to be changed in the words of its scenario.

    Raises
    ------
    OptionError
        If this is no plan, or one with stages whose rows hold only for its own figures: fairness and calm.
    """
    require_kind(solution, Solution, "planner.solving.what_if")
    held = HELD_STAGES & {*solution.scenario.settings.policy.stages}
    if held:
        raise OptionError("change.stages", stages=", ".join(sorted(held)))
    return WhatIfSession(solution)


def open_session(solution: Solution) -> LpSession:
    """Keep the program of a plan as it is, with the rows that hold what its stages reached."""
    return LpSession(solution.program, solution.basis, _far(solution))


def _far(solution: Solution) -> Booleans:
    """Return which flows are far from any plan, and stand at zero."""
    program, flow = solution.program, solution.column("flow")
    far: Booleans = np.zeros(len(program.cost), dtype=bool)
    far[flow.span] = solution.reduced_costs[flow.span] > FAR
    far &= (program.lower == 0) & (solution.basis.columns == LOWER)
    return far


def _require_factor(times: float) -> None:
    """Refuse what is no number from 0 to MOST_TIMES."""
    number = isinstance(times, int | float | np.integer | np.floating)
    if not number or isinstance(times, bool) or not 0 <= times <= MOST_TIMES:
        raise OptionError("change.times", value=times, most=f"{MOST_TIMES:g}")


def _named(labels: Sequence[str], codes: Codes) -> Booleans:
    """Return which labels are named."""
    asked = [codes] if isinstance(codes, str) or not isinstance(codes, Iterable) else list(codes)
    for code in asked:
        require_code(code)
    if not asked:  # a filter that came out empty, and not everything
        raise OptionError("change.no_code")
    places = positions(labels, asked)
    if (places < 0).any():
        strange = asked[int(np.argmin(places))]
        raise OptionError("change.unknown_code", code=strange, hint=hint(strange, labels))
    named = np.zeros(len(labels), dtype=bool)
    named[places] = True
    return named
