"""The plan as paths: where the tonnes that a province eats come from, and by which way.

A plan says what each lane carries, not whose goods those are. Every node (province, commodity, period) balances,
so its goods can be followed; which of them go where is a convention. Here

need         is met first: from the province's own supply, then from elsewhere; of each the oldest first
discarded    is the oldest
used         by recipes at home is the oldest, by other recipes the oldest but for stock of households
dispatched   is what came from elsewhere and passes through, then own supply; of each the oldest first,
             stock of households last of all; lanes in the order of their codes
stock        is the rest

of goods that spoil within the horizon at each age what the plan sends, stores or uses up of it, first of all

So a province lives on its own goods as far as they go, and no cargo is unloaded to send other cargo on.
Along a path tonnes melt by what is lost on the way, in store and by milling; what they cost stays with them:

sum of origin_t over the paths from a source        =  supplied, imported or opening stock there
sum of tonnes over the paths into a province        =  need met, stock at the end, on the way at the end, discarded
sum of tonnes dispatched over the paths on a lane   =  flow
sum of what all paths cost                          =  cost of the plan without penalties
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from planner.analysis.supply_paths.flow_graph import SOURCES, FlowGraph, build_flow_graph
from planner.analysis.supply_paths.tracing import (
    BOUGHT,
    HELD,
    LEGS,
    ORIGIN_T,
    ROUND_FREIGHT,
    ROUND_HANDLING,
    TONNES,
    USES,
    Amounts,
    TracedPath,
    Tracing,
)
from planner.given import require_kind
from planner.solution import Solution


class Leg(NamedTuple):
    """A lane or a recipe on a path: its ends, mode or name, tonnes that went in, IDR, yield."""

    origin: str
    destination: str
    way: str
    tonnes: float
    freight: float
    handling: float
    fee: float
    made: float


@dataclass(frozen=True, slots=True)
class Path:
    """From a source in one province to a use in another, over the whole horizon.

    Parameters
    ----------
    origin, source, origin_commodity
        Code of the province, one of `SOURCES`, and code of the commodity there.
    destination, commodity, use
        Codes of the province and the commodity that is used, and one of `USES`.
    legs
        Lanes and recipes in the order of the way; none where goods stay what and where they are.
    origin_t, tonnes
        What left the source, and what is left of it for the use, t.
    bought, held
        What was paid for it at the source, and for keeping it, IDR.
    round_freight, round_handling
        Freight and handling of ways out of a province and back, which are cut out of the legs, IDR.
    """

    origin: str
    source: str
    origin_commodity: str
    destination: str
    commodity: str
    use: str
    legs: tuple[Leg, ...]
    origin_t: float
    tonnes: float
    bought: float
    held: float
    round_freight: float
    round_handling: float

    @property
    def way(self) -> tuple[str, str]:
        """The provinces from origin to destination, and the mode or recipe of each leg, as texts."""
        places = [self.origin, *(leg.destination for leg in self.legs)]
        return ">".join(places), ">".join(leg.way for leg in self.legs)

    @property
    def freight(self) -> float:
        """Freight of all legs, IDR."""
        return self.round_freight + sum(leg.freight for leg in self.legs)

    @property
    def handling(self) -> float:
        """Handling of all legs, IDR."""
        return self.round_handling + sum(leg.handling for leg in self.legs)

    @property
    def fees(self) -> float:
        """Fees of all recipes, IDR."""
        return sum(leg.fee for leg in self.legs)

    @property
    def cost(self) -> float:
        """All that was paid for these goods, IDR."""
        return self.bought + self.held + self.freight + self.handling + self.fees

    @property
    def lossless(self) -> float:
        """What would be left for the use if nothing had been lost, t."""
        return self.origin_t * prod(leg.made for leg in self.legs)

    def surviving(self) -> Iterator[tuple[Leg, float]]:
        """Yield each leg with the share of what went in that was not lost from there on."""
        made = 1.0
        shares = []
        for leg in reversed(self.legs):
            made *= leg.made
            shares.append(self.tonnes / (leg.tonnes * made))
        yield from zip(self.legs, reversed(shares), strict=True)


def decompose_flows(solution: Solution) -> list[Path]:
    """Follow every tonne of a plan from its source to its use; the rule stands on top of this file.

    Returns
    -------
    Paths by origin, commodity, source and destination; the same for every order of rows in the files.
    """
    require_kind(solution, Solution, "planner.analysis.decompose_flows")
    sweep = Tracing(build_flow_graph(solution))
    for entry in sweep.cargo.entries():
        sweep.enter(entry)
    for period in range(sweep.periods):
        sweep.follow(period)
    return [_path(sweep.cargo, end, sweep.ended[end]) for end in sorted(sweep.ended)]


def _path(cargo: FlowGraph, end: TracedPath, amounts: Amounts) -> Path:
    (origin, first), (destination, last) = end.start, end.end
    return Path(
        origin=cargo.provinces[origin],
        source=SOURCES[end.source],
        origin_commodity=cargo.commodities[first],
        destination=cargo.provinces[destination],
        commodity=cargo.commodities[last],
        use=USES[end.use],
        legs=tuple(_legs(cargo, end, amounts)),
        origin_t=amounts[ORIGIN_T],
        tonnes=amounts[TONNES],
        bought=amounts[BOUGHT],
        held=amounts[HELD],
        round_freight=amounts[ROUND_FREIGHT],
        round_handling=amounts[ROUND_HANDLING],
    )


def _legs(cargo: FlowGraph, end: TracedPath, amounts: Amounts) -> Iterator[Leg]:
    for number, tonnes in zip(end.steps, amounts[LEGS:], strict=True):
        step = cargo.steps[number]
        yield Leg(
            origin=cargo.provinces[step.start[0]],
            destination=cargo.provinces[step.end[0]],
            way=step.way,
            tonnes=tonnes,
            freight=tonnes * step.freight,
            handling=tonnes * step.handling,
            fee=tonnes * step.fee,
            made=step.made,
        )
