"""A plan kept in HiGHS whose harvests, freights and capacities are changed in the words of its scenario.

harvest     most supplied        by (province, commodity, period)
freight     cost of a flow       by (origin, destination, mode, service, commodity, period)
capacity    room of an arc       by (origin, destination, mode, period)
throughput  room of a port       by (port, period)

Each change multiplies the figures as they are, so that the order of changes does not matter. Penalties stay
those of the plan, and rules that count rupiah go on counting the old freight: a new scenario has its own.
Flows that cost more than FAR above what they earn are left out until they would pay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from planner.arrays import Booleans, Integers, positions
from planner.errors import OptionError
from planner.model import Block
from planner.scenario.hints import hint
from planner.solution import Solution
from planner.solving.basis import LOWER
from planner.solving.kept import KeptModel

FAR = 1e4
"""Reduced cost from which a flow that the plan leaves alone is left out, IDR/t."""

MOST_TIMES = 1e6
"""Largest factor of a change; a larger one would drown every other figure in the solver."""

type Codes = str | Sequence[str]
"""A code or several; "" means all."""


class KeptPlan(KeptModel):
    """The model of a plan, standing at that plan.

    Parameters
    ----------
    solution
        The plan.
    """

    def __init__(self, solution: Solution) -> None:
        super().__init__(solution.program, solution.basis, _far(solution))
        self._solution = solution

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
        self.change_columns(ids, self.now.lower[ids], self.now.upper[ids] * times)

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
        self.change_costs(ids, self.now.cost[ids] * times)

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
        self.change_rows(ids, self.now.row_lower[ids], self.now.row_upper[ids] * times)

    def _chosen(self, block: Block, where: Mapping[str, Codes]) -> Integers:
        """Give the ids of the entries that every filter allows."""
        allowed = np.ones(block.size, dtype=bool)
        for axis, codes in where.items():
            if codes:
                allowed &= _named(self._labels[axis], codes)[self._places(block, axis)]
        if not allowed.any():
            raise OptionError("change.nothing", family=block.name)
        return block.ids[allowed]

    def _places(self, block: Block, axis: str) -> Integers:
        """Give the position of each entry of a block on an axis."""
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


def keep(solution: Solution) -> KeptPlan:
    """Keep the model of a plan, standing at that plan."""
    return KeptPlan(solution)


def _far(solution: Solution) -> Booleans:
    """Say which flows are far from any plan, and stand at zero."""
    program, flow = solution.program, solution.column("flow")
    far: Booleans = np.zeros(len(program.cost), dtype=bool)
    far[flow.span] = solution.reduced_costs[flow.span] > FAR
    far &= (program.lower == 0) & (solution.basis.columns == LOWER)
    return far


def _require_factor(times: float) -> None:
    """Refuse what is no number from 0 to MOST_TIMES."""
    number = isinstance(times, int | float | np.integer | np.floating)
    if not number or not 0 <= times <= MOST_TIMES:
        raise OptionError("change.times", value=times, most=f"{MOST_TIMES:g}")


def _named(labels: Sequence[str], codes: Codes) -> Booleans:
    """Say which labels are named."""
    asked = [codes] if isinstance(codes, str) else list(codes)
    places = positions(labels, asked)
    if (places < 0).any():
        strange = asked[int(np.argmin(places))]
        raise OptionError("change.unknown_code", code=strange, hint=hint(strange, labels))
    named = np.zeros(len(labels), dtype=bool)
    named[places] = True
    return named
