"""Arcs and admissible lanes as arrays: freight, loss, time, room.

freight   = idr_per_t of the arc, or
            idr_per_t_km * km + (idr_fixed_per_teu + idr_per_teu_nm * nm) * reefer_factor / tonnes_per_teu
            then + handling, all times the factor of the freight band the policy chose, at least 1 IDR/t
loss      = 1 - (1 - loss of the arc) * (1 - decay_per_day) ** transit_days
lag       : transit_days / days of a period = n + f;  1 - f arrives n periods later, f one more
            what came in more than max_stock_periods ends of periods before is spoilt when it arrives
left out  : a lane above a million rupiah a kilogram; one that takes more than max_days; one by container of a good
            without tonnes_per_teu; one of which nothing arrives, as all is lost or spoilt on the way
space     = 1 (capacity in tonnes) or 1 / tonnes_per_teu (capacity in TEU)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.arrays import Booleans, Floats, Integers, positions
from planner.i18n import OTHER_NAMES
from planner.market.services import Legs, build_legs, build_service_arcs
from planner.scenario import Scenario
from planner.scenario.closed_prices import NEVER
from planner.scenario.spoilage import NOTHING, share_left

LEAST_FREIGHT = 1.0
"""IDR/t: cargo must not travel in circles for nothing."""
INSTANT = 1e-9
"""Part of a period that is no time at all."""


@dataclass(frozen=True, slots=True)
class Network:
    """What can be carried, and how.

    Parameters
    ----------
    origin, destination
        Positions of the provinces of each arc.
    mode, service, origin_port, destination_port
        Labels of each arc; service and ports are "" where there is none.
    capacity
        Most cargo of each arc a period, in `capacity_unit`; infinite where there is no limit.
    capacity_unit
        "t" or "TEU".
    transit_days
        Time on the way of each arc.
    lane_arc, lane_commodity
        Positions of the arc and the commodity of each lane.
    closed_arc, closed_commodity
        Positions of those that are left out because their freight stands for never.
    spoilt_arc, spoilt_commodity
        Positions of those that are left out because nothing of the commodity arrives that can be eaten.
    freight
        Freight and handling of each lane, IDR/t dispatched.
    handling
        The part of `freight` that is handling, IDR/t.
    loss
        Share of each lane that does not arrive.
    lag, late
        Whole periods on the way, and the share that arrives one period later still.
    space
        Capacity units a tonne takes on each lane.
    keeps
        Ends of periods that goods last after they came in, by commodity; infinite where they last to the
        end of the horizon.
    ports, throughput
        Labels of the ports, and the most they handle a period, t.
    legs
        Legs of the vessel services, and the arcs that use them.
    """

    origin: Integers
    destination: Integers
    mode: list[str]
    service: list[str]
    origin_port: list[str]
    destination_port: list[str]
    capacity: Floats
    capacity_unit: list[str]
    transit_days: Floats
    lane_arc: Integers
    lane_commodity: Integers
    closed_arc: Integers
    closed_commodity: Integers
    spoilt_arc: Integers
    spoilt_commodity: Integers
    freight: Floats
    handling: Floats
    loss: Floats
    lag: Integers
    late: Floats
    space: Floats
    keeps: Floats
    ports: list[str]
    throughput: Floats
    legs: Legs

    @property
    def room(self) -> Floats:
        """Capacity of each arc; for an arc of a service that of its narrowest leg."""
        room = self.capacity.copy()
        leg, arc = self.legs.uses.tocoo().coords
        np.minimum.at(room, arc, self.legs.capacity[leg])
        return room

    @property
    def lane_origin(self) -> Integers:
        """Position of the province of departure of each lane."""
        return self.origin[self.lane_arc]

    @property
    def lane_destination(self) -> Integers:
        """Position of the province of arrival of each lane."""
        return self.destination[self.lane_arc]

    @property
    def aging(self) -> Booleans:
        """Which commodities are stored and spoil within the horizon: of the others the age is no matter."""
        return np.isfinite(self.keeps) & (self.keeps > 0)

    def arriving(self, lane: Integers, age: Integers) -> Iterator[tuple[Integers, Floats]]:
        """Yield of cargo first what comes in time, then what comes a period late.

        Parameters
        ----------
        lane, age
            Lane of each cargo, and how many ends of periods it had seen when it left.

        Returns
        -------
        Periods on the way, and the share of a tonne that arrives and is not too old by then.
        """
        keeps, lag = self.keeps[self.lane_commodity[lane]], self.lag[lane]
        for more, part in ((0, 1 - self.late[lane]), (1, self.late[lane])):
            share = np.where(age + lag + more <= keeps, (1 - self.loss[lane]) * part, 0.0)
            yield lag + more, share

    def received(self, lane: Integers, age: Integers) -> Floats:
        """Return the share of cargo that ever arrives; see `arriving`."""
        (_, in_time), (_, late) = self.arriving(lane, age)
        share: Floats = in_time + late
        return share


def build_network(scenario: Scenario) -> Network:
    """Compute the arcs and lanes of a scenario.

    A commodity may travel on an arc if its `max_days` allow the time on the way and some of it arrives before
    its `max_stock_periods` are over and is not spoilt by then, if it fits into containers where freight or capacity
    are counted in containers, and if its freight does not stand for never.
    """
    arcs = _arcs_with_modes(scenario)
    goods = scenario.tables["commodities"]
    days = arcs["transit_days"].fillna(arcs["distance_km"] / arcs["km_per_day"]).to_numpy()
    payload = goods["tonnes_per_teu"].to_numpy()
    by_container = _by_container(arcs)
    left = share_left(goods["decay_per_day"].to_numpy()[None, :], days[:, None])
    gone = (1 - arcs["loss"].to_numpy()[:, None]) * left < NOTHING
    keeps = _keeps(goods, scenario.horizon.periods)
    periods = days / scenario.horizon.days
    slow = days[:, None] > goods["max_days"].fillna(np.inf).to_numpy()[None, :]
    spoilt = gone | (np.floor(periods + INSTANT)[:, None] > keeps[None, :])
    unfit = by_container[:, None] & np.isnan(payload)[None, :]
    freight = _freight(arcs, goods)
    open_ways, dear = ~slow & ~unfit & ~spoilt, freight > NEVER
    lane_arc, lane_commodity = np.nonzero(open_ways & ~dear)
    closed_arc, closed_commodity = np.nonzero(open_ways & dear)
    spoilt_arc, spoilt_commodity = np.nonzero(~slow & ~unfit & spoilt)
    on_the_way = periods[lane_arc]
    whole = np.floor(on_the_way + INSTANT)
    unit_is_teu = (arcs["capacity_unit"] == "TEU").to_numpy()[lane_arc]
    ports = scenario.tables["ports"]
    return Network(
        origin=positions(scenario.provinces, arcs["origin"]),
        destination=positions(scenario.provinces, arcs["destination"]),
        mode=list(arcs["mode"]),
        service=list(arcs["service"]),
        origin_port=list(arcs["origin_port"]),
        destination_port=list(arcs["destination_port"]),
        capacity=arcs["capacity"].fillna(np.inf).to_numpy(),
        capacity_unit=list(arcs["capacity_unit"]),
        transit_days=days,
        lane_arc=lane_arc.astype(np.int64),
        lane_commodity=lane_commodity.astype(np.int64),
        closed_arc=closed_arc.astype(np.int64),
        closed_commodity=closed_commodity.astype(np.int64),
        spoilt_arc=spoilt_arc.astype(np.int64),
        spoilt_commodity=spoilt_commodity.astype(np.int64),
        freight=freight[lane_arc, lane_commodity],
        handling=(arcs["handling_idr_per_t"] * arcs["band"]).to_numpy()[lane_arc],
        loss=1 - (1 - arcs["loss"].to_numpy()[lane_arc]) * left[lane_arc, lane_commodity],
        lag=whole.astype(np.int64),
        late=np.where(on_the_way - whole > INSTANT, on_the_way - whole, 0.0),
        space=np.where(unit_is_teu, 1 / payload[lane_commodity], 1.0),
        keeps=keeps,
        ports=list(ports["port"]),
        throughput=ports["throughput_t"].fillna(np.inf).to_numpy(),
        legs=build_legs(scenario, arcs),
    )


def _arcs_with_modes(scenario: Scenario) -> pd.DataFrame:
    """Join to each arc, those of services last, the rates of its mode and the factor of the band."""
    modes = scenario.tables["modes"].drop(columns=["name", *OTHER_NAMES, "source"])
    own = scenario.tables["arcs"].drop(columns="source").assign(service="")
    arcs = pd.concat([own, build_service_arcs(scenario)], ignore_index=True)
    arcs = arcs.merge(modes, on="mode", how="left")
    band = {"low": arcs["idr_low"], "high": arcs["idr_high"]}.get(
        scenario.settings.policy.freight, 1.0
    )
    return arcs.assign(band=band)


def _keeps(goods: pd.DataFrame, periods: int) -> Floats:
    """Return how long goods keep, infinite where that is beyond the horizon."""
    life = goods["max_stock_periods"].fillna(np.inf).to_numpy(dtype=float)
    return np.where(life <= periods, life, np.inf)


def _by_container(arcs: pd.DataFrame) -> Booleans:
    """Return on which arcs cargo has to be in a container."""
    priced = arcs["idr_per_t"].isna() & (
        (arcs["idr_fixed_per_teu"] > 0) | (arcs["idr_per_teu_nm"] > 0)
    )
    counted = (arcs["capacity_unit"] == "TEU") & arcs["capacity"].notna()
    return (priced | counted | (arcs["service"] != "")).to_numpy()


def _freight(arcs: pd.DataFrame, goods: pd.DataFrame) -> Floats:
    """Return IDR/t by (arc, commodity); the formula stands on top of this file."""
    names = ["idr_per_t", "idr_per_t_km", "distance_km", "idr_fixed_per_teu", "idr_per_teu_nm"]
    names += ["distance_nm", "handling_idr_per_t", "band"]
    given, per_km, km, fixed, per_nm, nm, handling, band = (
        arcs[name].to_numpy(dtype=float)[:, None] for name in names
    )
    reefer, payload = (goods[name].to_numpy() for name in ("reefer_factor", "tonnes_per_teu"))
    boxed = np.nan_to_num((fixed + per_nm * nm) * reefer / payload)
    rate = np.where(np.isnan(given), per_km * km + boxed, given)
    charged: Floats = np.maximum((rate + handling) * band, LEAST_FREIGHT)
    return charged
