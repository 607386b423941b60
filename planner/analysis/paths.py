"""The plan as paths: where the tonnes that a province eats come from, and by which way.

A plan says what each lane carries, not whose goods those are. Every node (province, commodity, period) balances,
so its cargo can be followed; which of it goes where is a convention. Here

need         is met first: from the province's own supply, then from elsewhere; of each the oldest first
discarded    is the oldest
dispatched   is what came from elsewhere and passes through, then own supply; of each the oldest first,
             stock of households last of all; lanes in the order of their codes
stock        is the rest

So a province lives on its own goods as far as they go, and no cargo is unloaded to send other cargo on.
Along a path tonnes melt by what is lost on the way and in store; what they cost stays with them:

sum of origin_t over the paths from a source        =  supplied, imported or opening stock there
sum of tonnes over the paths into a province        =  need met, stock at the end, on the way at the end, discarded
sum of tonnes dispatched over the paths on a lane   =  flow
sum of what all paths cost                          =  cost of the plan without penalties
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planner.analysis.cargo import SOURCES, Cargo, cargo_of
from planner.analysis.sweep import (
    BOUGHT,
    HELD,
    LEGS,
    ORIGIN_T,
    ROUND_FREIGHT,
    ROUND_HANDLING,
    TONNES,
    USES,
    Amounts,
    End,
    Sweep,
)
from planner.solution import Solution


class Leg(NamedTuple):
    """One lane of a path: its ends, mode and service, tonnes dispatched, freight and handling, IDR."""

    origin: str
    destination: str
    mode: str
    tonnes: float
    freight: float
    handling: float


@dataclass(frozen=True, slots=True)
class Path:
    """From a source in one province to a use in another, over the whole horizon.

    Parameters
    ----------
    origin, source, destination, commodity, use
        Codes; source is one of `SOURCES`, use one of `USES`.
    legs
        The lanes, in the order of the way; none where goods stay where they are.
    origin_t, tonnes
        What left the source, and what is left of it for the use, t.
    bought, held
        What was paid for it at the source, and for keeping it, IDR.
    round_freight, round_handling
        Freight and handling of ways out of a province and back, which are cut out of the legs, IDR.
    """

    origin: str
    source: str
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
        """The provinces from origin to destination, and the mode of each leg, as texts."""
        places = [self.origin, *(leg.destination for leg in self.legs)]
        return ">".join(places), ">".join(leg.mode for leg in self.legs)

    @property
    def freight(self) -> float:
        """Freight of all legs, IDR."""
        return self.round_freight + sum(leg.freight for leg in self.legs)

    @property
    def handling(self) -> float:
        """Handling of all legs, IDR."""
        return self.round_handling + sum(leg.handling for leg in self.legs)

    @property
    def cost(self) -> float:
        """All that was paid for these goods, IDR."""
        return self.bought + self.held + self.freight + self.handling


def paths_of(solution: Solution) -> list[Path]:
    """Follow every tonne of a plan from its source to its use; the rule stands on top of this file.

    Returns
    -------
    Paths by commodity, origin, source and destination; the same for every order of rows in the files.
    """
    sweep = Sweep(cargo_of(solution))
    for entry in sweep.cargo.entries():
        sweep.enter(entry)
    for period in range(sweep.periods):
        sweep.follow(period)
    return [_path(sweep.cargo, end, sweep.ended[end]) for end in sorted(sweep.ended)]


def _path(cargo: Cargo, end: End, amounts: Amounts) -> Path:
    lanes = [cargo.lanes[leg] for leg in end.legs]
    legs = [
        Leg(
            cargo.provinces[lane.origin],
            cargo.provinces[lane.destination],
            lane.way,
            tonnes,
            tonnes * lane.freight,
            tonnes * lane.handling,
        )
        for lane, tonnes in zip(lanes, amounts[LEGS:], strict=True)
    ]
    return Path(
        origin=cargo.provinces[end.origin],
        source=SOURCES[end.source],
        destination=cargo.provinces[end.destination],
        commodity=cargo.commodities[end.commodity],
        use=USES[end.use],
        legs=tuple(legs),
        origin_t=amounts[ORIGIN_T],
        tonnes=amounts[TONNES],
        bought=amounts[BOUGHT],
        held=amounts[HELD],
        round_freight=amounts[ROUND_FREIGHT],
        round_handling=amounts[ROUND_HANDLING],
    )
