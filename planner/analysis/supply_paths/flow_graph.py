"""What a plan moves through its nodes, in the order of codes: no row order of a file matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planner.arrays import Floats, Integers
from planner.solution import Solution

type Node = tuple[int, int]
"""Positions of a province and a commodity, in the order of their codes."""
type Departures = dict[Node, dict[int, float]]
"""What leaves each node by which step, t; steps are positions in those of the cargo."""

SOURCES = ("opening", "production", "import")
AT_HOME, MILL, LANE = range(3)
"""Kinds of steps: processing by households and by all others, and carrying."""


class Step(NamedTuple):
    """A lane, or a recipe where it is used: from which node to which, how, IDR/t, share and time.

    A lane takes goods of an `age`, as the model counts it. `share` is what comes out of a tonne, `made` that
    part of it which is the yield of a recipe.
    """

    kind: int
    start: Node
    end: Node
    way: str
    freight: float
    handling: float
    fee: float
    share: float
    made: float
    lag: int
    late: float
    age: int = 0


class Entry(NamedTuple):
    """Goods that enter a node: since when, of households (0) or not (1), source; t and IDR."""

    period: int
    node: Node
    since: int
    household: int
    source: int
    origin_t: float
    tonnes: float
    idr: float


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """The quantities of a plan; arrays are (province, commodity, period), in the order of codes.

    Parameters
    ----------
    provinces, commodities
        Codes, sorted.
    steps
        Recipes and lanes that are used, sorted by kind, nodes and way.
    leaving
        What leaves each node by them, by period.
    terms
        Terms of the balance rows by name, as in `nodes.csv`, t.
    keeps
        Ends of periods that goods last, by commodity; infinite where they last to the end, or are never
        stored.
    used_up
        What is eaten, processed or discarded at each age, t: (province, commodity, period, age), infinite
        for goods that last.
    household
        Part of the opening stock that sits in households, t, by province and commodity.
    paid
        What supply, imports and stock at the end of the period cost, IDR, by the name of their columns.
    """

    provinces: list[str]
    commodities: list[str]
    steps: list[Step]
    leaving: list[Departures]
    terms: Mapping[str, Floats]
    keeps: Floats
    used_up: Floats
    household: Floats
    paid: Mapping[str, Floats]

    @property
    def served(self) -> Floats:
        """Need met, t."""
        return self.terms["need"] - self.terms["unmet"]

    @property
    def survival(self) -> Floats:
        """Share of the stock of the period before that is left."""
        opening, spoilt = self.terms["opening"], self.terms["spoilt"]
        return 1 - np.divide(spoilt, opening, out=np.zeros_like(opening), where=opening > 0)

    @property
    def stretch(self) -> Floats:
        """What goes out of a node over what comes in: 1, but for the last digits of a solver."""
        terms = self.terms
        coming = terms["opening"] - terms["spoilt"] + terms["supplied"] + terms["imported"]
        coming = coming + terms["received"] + terms["made"]
        going = self.served + terms["discarded"] + terms["used"] + terms["sent"] + terms["closing"]
        both = (coming > 0) & (going > 0)
        return np.divide(going, coming, out=np.ones_like(going), where=both)

    def entries(self) -> Iterator[Entry]:
        """Yield opening stock, supply and imports."""
        opening, left = self.terms["opening"][:, :, 0], self.survival[:, :, 0]
        for p, k in np.argwhere(opening > 0).tolist():
            parts = self.household[p, k], opening[p, k] - self.household[p, k]
            for household, tonnes in enumerate(parts):
                if tonnes > 0:
                    yield Entry(0, (p, k), -1, household, 0, tonnes, tonnes * left[p, k], 0.0)
        for source, name in ((1, "supplied"), (2, "imported")):
            tonnes, paid = self.terms[name], self.paid[name]
            for p, k, t in np.argwhere(tonnes > 0).tolist():
                entered = tonnes[p, k, t]
                yield Entry(t, (p, k), t, 1, source, entered, entered, paid[p, k, t])


def build_flow_graph(solution: Solution) -> FlowGraph:
    """Collect what a plan moves."""
    balance, network, nodes = solution.balance, solution.network, solution.nodes()
    sort = np.ix_(np.argsort(balance.provinces), np.argsort(balance.commodities))
    steps, leaving = _leaving(solution)
    return FlowGraph(
        provinces=sorted(balance.provinces),
        commodities=sorted(balance.commodities),
        steps=steps,
        leaving=leaving,
        terms={
            str(name): nodes[name].to_numpy().reshape(balance.need.shape)
            for name in nodes.columns[3:]
        },
        keeps=np.where(network.aging, network.keeps, np.inf)[sort[1].ravel()],
        used_up=_used_up(solution)[sort],
        household=(balance.local_share * balance.opening)[sort],
        paid={name: _paid(solution, name)[sort] for name in ("supplied", "imported", "stock")},
    )


def _paid(solution: Solution, name: str) -> Floats:
    """Return what a block of columns costs, IDR, by province, commodity and period."""
    block, cube = solution.column(name), np.zeros(solution.balance.need.shape)
    cells = tuple(block.index[axis] for axis in ("province", "commodity", "period"))
    np.add.at(cube, cells, solution.value(name) * solution.program.cost[block.span])
    return cube


def _used_up(solution: Solution) -> Floats:
    """Return what the rows of age leave to be eaten, processed or discarded."""
    rows, program = solution.row("age"), solution.program
    values = np.concatenate([solution.value(name) for name in program.columns])
    left = program.matrix[rows.span] @ values - program.row_lower[rows.span]
    used_up = np.full((*solution.balance.need.shape, rows.index["age"].max(initial=0) + 1), np.inf)
    used_up[:, solution.network.aging] = 0.0
    used_up[tuple(rows.index.values())] = np.maximum(left, 0.0)
    return used_up


def _leaving(solution: Solution) -> tuple[list[Step], list[Departures]]:
    """Return the steps that are used, and what leaves each node by them, by period."""
    used = [*_carried(solution), *_processed(solution)]
    steps = sorted({step for step, _, _ in used})
    position = {step: number for number, step in enumerate(steps)}
    leaving: list[Departures] = [defaultdict(dict) for _ in solution.balance.periods]
    for step, period, tonnes in sorted(used):
        out = leaving[period][step.start]
        out[position[step]] = out.get(position[step], 0.0) + tonnes
    return steps, leaving


def _carried(solution: Solution) -> Iterator[tuple[Step, int, float]]:
    """Yield lane, period and tonnes of everything dispatched."""
    network, index, tonnes = solution.network, solution.column("flow").index, solution.value("flow")
    moved = np.flatnonzero(tonnes)
    lane, age = index["lane"][moved], index["age"][moved]
    (_, in_time), (_, late) = network.arriving(lane, age)
    arc, good = network.lane_arc[lane], _ranks(solution.balance.commodities)
    handling, place = (
        np.minimum(network.handling, network.freight),
        _ranks(solution.balance.provinces),
    )
    commodity = good[network.lane_commodity[lane]].tolist()
    columns = (
        zip(place[network.origin[arc]].tolist(), commodity, strict=True),
        zip(place[network.destination[arc]].tolist(), commodity, strict=True),
        ("/".join(filter(None, (network.mode[a], network.service[a]))) for a in arc),
        (network.freight - handling)[lane].tolist(),
        handling[lane].tolist(),
        (in_time + late).tolist(),
        network.lag[lane].tolist(),
        np.divide(late, in_time + late, out=np.zeros_like(late), where=late > 0).tolist(),
        age.tolist(),
    )
    dispatched = zip(*columns, index["period"][moved].tolist(), tonnes[moved].tolist(), strict=True)
    for start, end, way, freight, handled, share, lag, late, old, period, load in dispatched:
        step = Step(LANE, start, end, way, freight, handled, 0.0, share, 1.0, lag, late, old)
        yield step, period, load


def _processed(solution: Solution) -> Iterator[tuple[Step, int, float]]:
    """Yield recipe, period and tonnes of everything used up to make something else."""
    block, tonnes = solution.column("processed"), solution.value("processed")
    place, good = (_ranks(c) for c in (solution.balance.provinces, solution.balance.commodities))
    recipes, index = solution.market.recipes, block.index
    fees = solution.program.cost[block.span]
    for i in np.flatnonzero(tonnes).tolist():
        recipe, province = index["recipe"][i], int(place[index["province"][i]])
        start = province, int(good[index["commodity"][i]])
        end = province, int(good[index["output"][i]])
        made, kind = float(recipes.yields[recipe]), AT_HOME if index["at_home"][i] else MILL
        fee, name = float(fees[i]), recipes.names[recipe]
        step = Step(kind, start, end, name, 0.0, 0.0, fee, made, made, 0, 0.0)
        yield step, int(index["period"][i]), float(tonnes[i])


def _ranks(codes: list[str]) -> Integers:
    """Return the place of each code in their alphabet."""
    return np.argsort(np.argsort(codes))
