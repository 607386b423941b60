"""The whole model once more, as a textbook would write it: dictionaries, loops and `pulp.lpSum`.

The twin is written from the equations, not from the library: it shares the scenario tables and the
horizon with it, and nothing else. Inside, a tonne is a thousandth and a rupiah a millionth.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import pulp

from planner import Scenario

KILO, MILLION = 1e3, 1e6
GAP, DISCARDED, MOST = 100e6, 20e6, 100e9
"""Penalties of the method, IDR/t."""
LEEWAY = 1e-7
"""Share of the weighted need by which the least unmet may be missed."""
DAYS = {"week": 7, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}


class Lane(NamedTuple):
    """A commodity on an arc; ports are blank where there is none, legs those of a service."""

    origin: str
    destination: str
    mode: str
    commodity: str
    loading: str
    unloading: str
    freight: float
    loss: float
    lag: int
    late: float
    space: float
    legs: tuple[str, ...] = ()

    @property
    def arc(self) -> tuple[str, str, str]:
        return self.origin, self.destination, self.mode


class Data:
    """The numbers of the equations, by name."""

    def __init__(self, scenario: Scenario) -> None:
        self.tables = {name: frame.to_dict("records") for name, frame in scenario.tables.items()}
        self.settings = scenario.settings
        self.days = DAYS[scenario.settings.horizon.length]
        self.P = [row["province"] for row in self.tables["provinces"]]
        self.K = {row["commodity"]: row for row in self.tables["commodities"]}
        self.T = list(scenario.horizon.labels)
        self.last = len(self.T) - 1
        self.stocks = {(row["province"], row["commodity"]): row for row in self.tables["stocks"]}
        self.home = {row["port"]: row["province"] for row in self.tables["ports"]}
        self.produced = self._produced()
        self.need = self._need()
        self.lanes = list(self._lanes())

    def cells(self) -> Iterator[tuple[str, str, int]]:
        return ((p, k, t) for p in self.P for k in self.K for t in range(len(self.T)))

    def _key(self, row: Mapping[str, Any]) -> tuple[str, str, int]:
        return row["province"], row["commodity"], self.T.index(row["period"])

    def _produced(self) -> dict[tuple[str, str, int], float]:
        produced: dict[tuple[str, str, int], float] = defaultdict(float)
        for row in self.tables["production"]:
            produced[self._key(row)] += row["tonnes"] * (1 - row["loss"])
        return produced

    def _need(self) -> dict[tuple[str, str, int], float]:
        people = {row["province"]: row["population"] for row in self.tables["provinces"]}
        need: dict[tuple[str, str, int], float] = defaultdict(float)
        for row in self.tables["need"]:
            a_year = people[row["province"]] * row["kg_per_capita"] / 1000
            eaten = a_year * row["share_of_year"] if math.isnan(row["tonnes"]) else row["tonnes"]
            need[self._key(row)] += eaten
        return need

    def weight(self) -> dict[str, float]:
        """Return the weight of a missing tonne of each commodity."""
        least = min(good["priority"] for good in self.K.values())
        return {k: good["priority"] / least for k, good in self.K.items()}

    def bought(self) -> dict[tuple[str, str, int], float]:
        rows = (row for row in self.tables["prices"] if row["level"] == "producer")
        return {self._key(row): row["idr_per_kg"] * 1000 for row in rows}

    def imports(self) -> Iterator[tuple[tuple[str, str, int], float, float]]:
        for row in self.tables["imports"]:
            key = row["port"], row["commodity"], self.T.index(row["period"])
            yield key, row["max_tonnes"], row["idr_per_t"]

    def stock(self, column: str, p: str, k: str) -> float:
        return self.stocks[p, k][column] if (p, k) in self.stocks else 0.0

    def closing_target(self, p: str, k: str) -> float:
        policy = self.settings.policy.closing
        columns = {"opening": "opening_t", "closing_t": "closing_t"}
        return self.stock(columns[policy], p, k) if policy in columns else 0.0

    def recipes(self) -> Iterator[tuple[Row, bool]]:
        """Return each recipe of a province, and once more where households process what they hold."""
        held = {
            (p, k)
            for (p, k), row in self.stocks.items()
            if row["opening_t"] * row["local_share"] > 0
        }
        able = [row for row in self.tables["recipes"] if row["capacity_t"] != 0]
        for _ in self.K:
            held |= {
                (r["province"], r["output"]) for r in able if (r["province"], r["input"]) in held
            }
        for row in self.tables["recipes"]:
            yield row, False
            if (row["province"], row["input"]) in held:
                yield row, True

    def survival(self, k: str) -> float:
        return (1 - self.K[k]["decay_per_day"]) ** self.days

    def life(self, k: str) -> float:
        periods = self.K[k]["max_stock_periods"]
        return math.inf if math.isnan(periods) else periods

    def vintages(self, k: str, t: int) -> list[int]:
        """Return the periods in which goods came in that are still good in t; those at the start, one before.

        Goods that keep to the end have one vintage, 0.
        """
        life = self.life(k)
        if life > len(self.T):
            return [0]
        return [v for v in range(self.first(k), t + 1) if t - v <= life]

    def first(self, k: str) -> int:
        """Return the vintage of the opening stock."""
        return 0 if self.life(k) == 0 or self.life(k) > len(self.T) else -1

    def fresh(self, k: str, t: int) -> int:
        """Return the vintage of what comes in in t."""
        return 0 if self.life(k) > len(self.T) else t

    def _lanes(self) -> Iterator[Lane]:
        modes = {row["mode"]: row for row in self.tables["modes"]}
        for arc in self.tables["arcs"]:
            mode = modes[arc["mode"]]
            days = arc["transit_days"]
            if math.isnan(days):
                days = arc["distance_km"] / mode["km_per_day"]
            for good in self.K.values():
                if self._may_travel(arc, mode, good, days):
                    yield self._lane(arc, mode, good, days)
        for service in self.tables["services"]:
            for way, legs, days in self._ways(service):
                for good in self.K.values():
                    slow = not math.isnan(good["max_days"]) and days > good["max_days"]
                    if not slow and not math.isnan(good["tonnes_per_teu"]):
                        lane = self._lane(way, modes[service["mode"]], good, days)
                        yield lane._replace(legs=tuple(legs))

    def calls(self, service: str) -> list[Row]:
        rows = [row for row in self.tables["calls"] if row["service"] == service]
        return sorted(rows, key=lambda row: row["call"])

    def legs(self, service: str) -> Iterator[tuple[str, Row]]:
        calls = self.calls(service)
        for number, (start, end) in enumerate(pairwise(calls), start=1):
            yield f"{service} leg {number} {start['port']}-{end['port']}", end

    def _ways(self, service: Row) -> Iterator[tuple[Row, list[str], float]]:
        """Pair each call with every later one in another province."""
        calls, legs = self.calls(service["service"]), list(self.legs(service["service"]))
        loop = sum(call["nm_from_previous"] for _, call in legs)
        between_ships = self.days / service["voyages_per_period"]
        for i, j in combinations(range(len(calls)), 2):
            ports = calls[i]["port"], calls[j]["port"]
            if self.home[ports[0]] == self.home[ports[1]]:
                continue
            sailed = sum(call["nm_from_previous"] for _, call in legs[i:j])
            charged = [c["nm_from_previous"] * c["idr_per_teu_nm_factor"] for _, c in legs[i:j]]
            way = {
                "origin": self.home[ports[0]],
                "destination": self.home[ports[1]],
                "origin_port": ports[0],
                "destination_port": ports[1],
                "mode": service["mode"],
                "idr_per_t": math.nan,
                "distance_km": 0.0,
                "distance_nm": sum(charged),
                "capacity_unit": "TEU",
                "loss": service["loss"],
            }
            days = service["days_per_voyage"] * sailed / loop + between_ships / 2
            yield way, [name for name, _ in legs[i:j]], days

    @staticmethod
    def _may_travel(arc: Row, mode: Row, good: Row, days: float) -> bool:
        priced = mode["idr_fixed_per_teu"] > 0 or mode["idr_per_teu_nm"] > 0
        boxed = math.isnan(arc["idr_per_t"]) and priced
        boxed |= arc["capacity_unit"] == "TEU" and not math.isnan(arc["capacity"])
        in_time = math.isnan(good["max_days"]) or days <= good["max_days"]
        return in_time and not (boxed and math.isnan(good["tonnes_per_teu"]))

    def _lane(self, arc: Row, mode: Row, good: Row, days: float) -> Lane:
        whole = math.floor(days / self.days)
        decayed = (1 - good["decay_per_day"]) ** days
        return Lane(
            *(arc["origin"], arc["destination"], arc["mode"], good["commodity"]),
            *(arc["origin_port"], arc["destination_port"]),
            freight=self._freight(arc, mode, good),
            loss=1 - (1 - arc["loss"]) * decayed,
            lag=whole,
            late=days / self.days - whole,
            space=1 / good["tonnes_per_teu"] if arc["capacity_unit"] == "TEU" else 1.0,
        )

    def _freight(self, arc: Row, mode: Row, good: Row) -> float:
        rate = arc["idr_per_t"]
        if math.isnan(rate):
            rate = mode["idr_per_t_km"] * arc["distance_km"]
            box = mode["idr_fixed_per_teu"] + mode["idr_per_teu_nm"] * arc["distance_nm"]
            if box > 0:
                rate += box * good["reefer_factor"] / good["tonnes_per_teu"]
        band = {"low": mode["idr_low"], "high": mode["idr_high"]}
        return max(
            1.0, (rate + mode["handling_idr_per_t"]) * band.get(self.settings.policy.freight, 1)
        )


type Row = Mapping[str, Any]
type Columns = dict[Any, pulp.LpVariable]


@dataclass
class Twin:
    """The problem, its columns and rows by name, and what arrives where and when."""

    problem: pulp.LpProblem
    data: Data
    columns: dict[str, Columns] = field(default_factory=dict)
    rows: dict[str, dict[Any, pulp.LpConstraint]] = field(default_factory=dict)
    cost: list[Any] = field(default_factory=list)
    penalties: set[str] = field(default_factory=set)
    arriving: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))
    unloaded: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))
    leaving: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))
    used: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))
    made: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))
    still_travelling: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def column(
        self,
        family: str,
        key: object,
        upper: float | None,
        idr_per_t: float,
        lower: float | None = 0,
        *,
        penalty: bool = False,
    ) -> None:
        """Add a column from 0 to `upper` tonnes; a penalty is paid by nobody."""
        if penalty:
            self.penalties.add(family)
        group = self.columns.setdefault(family, {})
        name = f"{family}_{len(group)}"
        group[key] = self.problem.add_variable(name, lower, None if upper is None else upper / KILO)
        self.cost.append(idr_per_t * (KILO / MILLION) * group[key])

    def row(self, family: str, key: object, constraint: Any) -> None:
        group = self.rows.setdefault(family, {})
        group[key] = self.problem.addConstraint(constraint, f"{family}_{len(group)}")

    def get(self, family: str, key: object) -> Any:
        """Return a column, or nothing where there is none."""
        return self.columns.get(family, {}).get(key, 0)

    def solve(self, solver: Any = None) -> float:
        """Solve, the least need unmet first, and give the objective in IDR."""
        self._solved(solver)
        need = sum(self.data.weight()[k] * t for (_, k, _), t in self.data.need.items()) / KILO
        if "coverage_first" not in self.rows and self.weighted().value() > LEEWAY * need:
            self.feed_first()
            self._solved(solver)
        return float(self.problem.objective.value()) * MILLION

    def _solved(self, solver: Any = None) -> None:
        stats = self.problem.solve(solver or fine_highs())
        assert stats.status == pulp.constants.LpSolveStatus.Optimal

    def weighted(self) -> Any:
        """Return the unmet need, each tonne times its weight, in thousand tonnes."""
        unmet, weight = self.columns["unmet"].items(), self.data.weight()
        return pulp.lpSum(weight[k] * column for (_, k, _), column in unmet)

    def feed_first(self) -> float:
        """Find the least unmet need, each tonne times its weight, hold the plan to it, and give it in t."""
        weight, counted = self.data.weight(), self.weighted()
        self.problem.setObjective(counted)
        self._solved()
        least = float(counted.value())
        need = sum(weight[k] * tonnes for (_, k, _), tonnes in self.data.need.items()) / KILO
        self.row("coverage_first", 0, counted <= least + LEEWAY * need)
        self.problem.setObjective(pulp.lpSum(self.cost))
        return least * KILO

    def duals(self, family: str) -> dict[Any, float]:
        """Return what the objective rises by when the bound of a row rises by one, IDR."""
        return {key: row.pi * (MILLION / KILO) for key, row in self.rows.get(family, {}).items()}


def fine_highs() -> Any:
    """Return HiGHS with a tolerance of a milligram, as the last grams of the least unmet are asked for."""
    return pulp.HiGHS(msg=False, threads=1, primal_feasibility_tolerance=1e-10)


def textbook(scenario: Scenario) -> Twin:
    """Write the model of a scenario."""
    twin = Twin(pulp.LpProblem("textbook", pulp.LpMinimize), Data(scenario))
    _columns(twin)
    _travel(twin)
    _process(twin)
    for family in (
        _balance,
        _arcs,
        _service_legs,
        _ports,
        _storage,
        _vintages,
        _reserve,
        _closing,
        _local_stock,
        _processing,
        _rules,
    ):
        family(twin)
    twin.problem.setObjective(pulp.lpSum(twin.cost))
    return twin


def _columns(twin: Twin) -> None:
    data = twin.data
    heavy = {k: 2 * (len(data.T) + 1) * GAP * weight for k, weight in data.weight().items()}
    bought = data.bought()
    for p, k, t in data.cells():
        cell = p, k, t
        twin.column("supplied", cell, data.produced[cell], bought.get(cell, 0.0))
        twin.column("unmet", cell, data.need[cell], min(heavy[k], MOST), penalty=True)
        twin.column("reserve_gap", cell, data.stock("reserve_t", p, k), GAP, penalty=True)
        _stored(twin, *cell)
        if t == data.last:
            twin.column("closing_gap", (p, k), data.closing_target(p, k), GAP, penalty=True)
    for key, most, idr_per_t in data.imports():
        twin.column("imported", key, most, idr_per_t)
    for lane in data.lanes:
        for t in range(len(data.T)):
            for v in data.vintages(lane.commodity, t):
                if any(share for _, share in arrivals(data, lane, t, v)):
                    twin.column("flow", (lane, t, v), None, lane.freight)
    for row, at_home in data.recipes():
        for t in range(len(data.T)):
            key = row["recipe"], row["province"], at_home, t
            twin.column("processed", key, None, max(1.0, row["fee_idr_per_t"]))


def _stored(twin: Twin, p: str, k: str, t: int) -> None:
    """Add by month of harvest what is stored and used up, and what is discarded of all."""
    data, cell = twin.data, (p, k, t)
    given_up = data.stock("opening_t", p, k)
    if data.life(k) <= len(data.T):
        given_up = max(given_up, data.stock("reserve_t", p, k), data.closing_target(p, k))
    if given_up > 0:
        twin.column("discarded", cell, given_up, DISCARDED, penalty=True)
    for v in data.vintages(k, t):
        twin.column("used_up", (*cell, v), None, 0.0, lower=None)
        if data.life(k) > len(data.T) or t + 1 - v <= data.life(k):
            twin.column("stock", (*cell, v), None, data.K[k]["holding_idr_per_t"])


def _travel(twin: Twin) -> None:
    """Return of each flow where it leaves, and when which part of it arrives: none that is spoilt by then."""
    for (lane, t, v), flow in twin.columns.get("flow", {}).items():
        twin.leaving[lane.origin, lane.commodity, t].append(flow)
        twin.leaving[lane.origin, lane.commodity, t, v].append(flow)
        for arrival, share in arrivals(twin.data, lane, t, v):
            received = share * flow
            if arrival <= twin.data.last:
                twin.arriving[lane.destination, lane.commodity, arrival].append(received)
                twin.arriving[lane.destination, lane.commodity, arrival, v].append(received)
                twin.unloaded[lane.unloading, arrival].append(received)
            else:
                twin.still_travelling[lane.destination, lane.commodity].append(received)


def arrivals(data: Data, lane: Lane, t: int, v: int) -> Iterator[tuple[int, float]]:
    """Return the periods in which cargo of a vintage arrives, and which share of it."""
    life = data.life(lane.commodity)
    for arrival, share in ((t + lane.lag, 1 - lane.late), (t + lane.lag + 1, lane.late)):
        if life > len(data.T) or arrival - v <= life:
            yield arrival, (1 - lane.loss) * share


def _process(twin: Twin) -> None:
    """Return of everything processed what it uses up and what it makes, at home or not."""
    for row, at_home in twin.data.recipes():
        for t in range(len(twin.data.T)):
            used = twin.get("processed", (row["recipe"], row["province"], at_home, t))
            twin.used[row["province"], row["input"], t, at_home].append(used)
            twin.made[row["province"], row["output"], t, at_home].append(row["yield"] * used)


def _anywhere(parts: Mapping[Any, list[Any]], p: str, k: str, t: int) -> Any:
    return pulp.lpSum(parts[p, k, t, False] + parts[p, k, t, True])


def _came_in(twin: Twin, p: str, k: str, t: int) -> Any:
    """Add up what a province supplied, imported and received in a period."""
    return _own(twin, p, k, t) + pulp.lpSum(twin.arriving[p, k, t])


def _own(twin: Twin, p: str, k: str, t: int) -> Any:
    ports = [port for port, home in twin.data.home.items() if home == p]
    imported = [twin.get("imported", (port, k, t)) for port in ports]
    return pulp.lpSum([twin.get("supplied", (p, k, t)), *imported])


def _balance(twin: Twin) -> None:
    data = twin.data
    for p, k, t in data.cells():
        used_up = [twin.get("used_up", (p, k, t, v)) for v in data.vintages(k, t)]
        fed = pulp.lpSum(used_up) - _anywhere(twin.used, p, k, t) - twin.get("discarded", (p, k, t))
        met = fed + twin.get("unmet", (p, k, t))
        twin.row("balance", (p, k, t), met == data.need[p, k, t] / KILO)


def _in_store(twin: Twin, p: str, k: str, t: int) -> Any:
    vintages = twin.data.vintages(k, t)
    return pulp.lpSum([twin.get("stock", (p, k, t, v)) for v in vintages])


def _vintages(twin: Twin) -> None:
    """What comes in, month of harvest by month of harvest, is sent, stored or used up; and that not below zero."""
    data = twin.data
    for p, k, t in data.cells():
        for v in data.vintages(k, t):
            had = [*twin.arriving[p, k, t, v]]
            if v == data.fresh(k, t):
                had += [_own(twin, p, k, t), _anywhere(twin.made, p, k, t)]
            if t == 0 and v == data.first(k):
                had.append(data.survival(k) * data.stock("opening_t", p, k) / KILO)
            elif t > 0:
                had.append(data.survival(k) * twin.get("stock", (p, k, t - 1, v)))
            gone = [*twin.leaving[p, k, t, v], twin.get("stock", (p, k, t, v))]
            used_up = twin.get("used_up", (p, k, t, v))
            twin.row("vintage", (p, k, t, v), pulp.lpSum(had) - pulp.lpSum(gone) == used_up)
            if data.life(k) <= len(data.T):
                twin.row("age", (p, k, t, t - v), used_up >= 0)


def _arcs(twin: Twin) -> None:
    cargo: dict[Any, list[Any]] = defaultdict(list)
    for (lane, t, _), flow in twin.columns.get("flow", {}).items():
        if not lane.legs:
            cargo[lane.arc, t].append(lane.space * flow)
    for arc in twin.data.tables["arcs"]:
        name = arc["origin"], arc["destination"], arc["mode"]
        for t in range(len(twin.data.T)):
            if not math.isnan(arc["capacity"]) and cargo[name, t]:
                room = pulp.lpSum(cargo[name, t]) <= arc["capacity"] / KILO
                twin.row("arc_capacity", (name, t), room)


def _service_legs(twin: Twin) -> None:
    """Containers on board of a leg, wherever they were loaded, fit into the voyages of the period."""
    aboard: dict[Any, list[Any]] = defaultdict(list)
    for (lane, t, _), flow in twin.columns.get("flow", {}).items():
        for leg in lane.legs:
            aboard[leg, t].append(lane.space * flow)
    for service in twin.data.tables["services"]:
        room = service["capacity_teu"] * service["voyages_per_period"] / KILO
        for leg, _ in twin.data.legs(service["service"]):
            for t in range(len(twin.data.T)):
                if aboard[leg, t]:
                    twin.row("service_legs", (leg, t), pulp.lpSum(aboard[leg, t]) <= room)


def _ports(twin: Twin) -> None:
    loaded: dict[Any, list[Any]] = defaultdict(list)
    for (lane, t, _), flow in twin.columns.get("flow", {}).items():
        loaded[lane.loading, t].append(flow)
    for (port, _, t), imported in twin.columns.get("imported", {}).items():
        loaded[port, t].append(imported)
    for port in twin.data.tables["ports"]:
        for t in range(len(twin.data.T)):
            handled = loaded[port["port"], t] + twin.unloaded[port["port"], t]
            if not math.isnan(port["throughput_t"]) and handled:
                limit = pulp.lpSum(handled) <= port["throughput_t"] / KILO
                twin.row("port_throughput", (port["port"], t), limit)


def _storage(twin: Twin) -> None:
    for room in twin.data.tables["storage"]:
        for t in range(len(twin.data.T)):
            stocks = [_in_store(twin, room["province"], k, t) for k in twin.data.K]
            fits = pulp.lpSum(stocks) <= room["capacity_t"] / KILO
            twin.row("storage", (room["province"], t), fits)


def _reserve(twin: Twin) -> None:
    data = twin.data
    for p, k, t in data.cells():
        if data.stock("reserve_t", p, k) > 0:
            held = _in_store(twin, p, k, t) + twin.get("reserve_gap", (p, k, t))
            twin.row("reserve", (p, k, t), held >= data.stock("reserve_t", p, k) / KILO)


def _closing(twin: Twin) -> None:
    data = twin.data
    for p in data.P:
        for k in data.K:
            if data.closing_target(p, k) > 0:
                left = _in_store(twin, p, k, data.last) + twin.get("closing_gap", (p, k))
                left += pulp.lpSum(twin.still_travelling[p, k])
                twin.row("closing", (p, k), left >= data.closing_target(p, k) / KILO)


def _local_stock(twin: Twin) -> None:
    """What lies in households may be eaten or processed there, not sent away, nor what comes of it."""
    data = twin.data
    held = {(p, k) for p, k, _, at_home in [*twin.used, *twin.made] if at_home}
    for p, k, t in data.cells():
        opening, share = data.stock("opening_t", p, k), data.stock("local_share", p, k)
        if opening * share > 0 or (p, k) in held:
            so_far = range(t + 1)
            left = [
                part for s in so_far for part in twin.leaving[p, k, s] + twin.used[p, k, s, False]
            ]
            came = [part for s in so_far for part in twin.made[p, k, s, False]]
            came += [_came_in(twin, p, k, s) for s in so_far]
            free = (1 - share) * opening / KILO
            twin.row("local_stock", (p, k, t), pulp.lpSum(left) - pulp.lpSum(came) <= free)


def _processing(twin: Twin) -> None:
    for row in twin.data.tables["recipes"]:
        for t in range(len(twin.data.T)):
            key = row["recipe"], row["province"]
            parts = [twin.get("processed", (*key, at_home, t)) for at_home in (False, True)]
            if not math.isnan(row["capacity_t"]):
                room = pulp.lpSum(parts) <= row["capacity_t"] / KILO
                twin.row("processing", (key, t), room)


AXES = ("origin", "destination", "port", "mode", "service", "commodity", "good", "period")
INTO = ("destination", "commodity", "good", "period")


def _rules(twin: Twin) -> None:
    """A share compares what comes with all that comes in; money is counted in millions."""
    for rule in twin.data.tables["rules"]:
        each = [axis for axis in AXES if axis in rule["per"].split(";")]
        counted: dict[Any, list[Any]] = defaultdict(list)
        received: dict[Any, list[Any]] = defaultdict(list)
        for (lane, t, v), flow in twin.columns.get("flow", {}).items():
            arriving = sum(share for _, share in arrivals(twin.data, lane, t, v))
            places = _places(twin.data, lane, t)
            for cell in _cells_of(rule, places, AXES, each):
                counted[cell].append(_measure(twin.data, rule, lane, arriving) * flow)
            for cell in _cells_of(rule, places, INTO, [axis for axis in each if axis in INTO]):
                received[cell].append(arriving * flow)
        for cell, terms in counted.items():
            into = tuple(label for axis, label in zip(each, cell, strict=True) if axis in INTO)
            _rule(twin, rule, dict(zip(each, cell, strict=True)), terms, received[into])


def _rule(
    twin: Twin, rule: Row, cell: Mapping[str, str], counted: list[Any], received: list[Any]
) -> None:
    """Write one row, with what is lacking or beyond where the rule is soft."""
    period = cell.get("period", "")
    key = " ".join([rule["rule"], *(cell[axis] for axis in cell if axis != "period")]), period
    unit = MILLION if rule["measure"] == "idr" else 1.0
    left, bound = pulp.lpSum(counted), rule["bound"] / unit / KILO
    if rule["measure"] == "share":
        left, bound = left - rule["bound"] * pulp.lpSum(received), 0.0
    for sign, sense in ((1, ">="), (-1, "<=")):
        if not math.isnan(rule["penalty_idr"]) and rule["sense"] in {sense, "="}:
            twin.column("rule_gap", (key, sign), None, rule["penalty_idr"] * unit, penalty=True)
            left += sign * twin.get("rule_gap", (key, sign))
    compared = {"<=": left <= bound, ">=": left >= bound, "=": left == bound}
    twin.row("rules", key, compared[rule["sense"]])


def _measure(data: Data, rule: Row, lane: Lane, arriving: float) -> float:
    good = data.K[lane.commodity]
    counts = {
        "tonnes": 1.0,
        "teu": 1 / good["tonnes_per_teu"],
        "idr": lane.freight / MILLION,
        "tests": good["tests_per_t"],
        "share": arriving,
    }
    return counts[rule["measure"]]


def _places(data: Data, lane: Lane, t: int) -> list[dict[str, str]]:
    """Name a flow on every axis, once for each of its ports."""
    place = {"origin": lane.origin, "destination": lane.destination, "mode": lane.mode}
    service = lane.legs[0].partition(" leg ")[0] if lane.legs else ""
    place |= {
        "service": service,
        "commodity": lane.commodity,
        "good": data.K[lane.commodity]["good"],
    }
    place |= {"period": data.T[t]}
    return [{**place, "port": port} for port in (lane.loading, lane.unloading)]


def _cells_of(
    rule: Row, places: list[dict[str, str]], axes: tuple[str, ...], each: list[str]
) -> set[tuple[str, ...]]:
    """Return in which rows of a rule a flow counts: in none unless every filter names it."""
    found = [
        place
        for place in places
        if all(not rule[axis] or place[axis] in rule[axis].split(";") for axis in axes)
    ]
    return {cell for place in found if all(cell := tuple(place[axis] for axis in each))}
