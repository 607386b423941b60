"""The rows that the rules make: what each counts, its bound, and what missing it costs.

counted   tonnes: 1 · teu: 1 / tonnes_per_teu · idr: freight / 1,000,000 · tests: tests_per_t · share: what arrives
whole     share: what arrives of all that is sent to the destinations of the same goods, from everywhere
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.arrays import Array, Floats, Integers
from planner.errors import InputError
from planner.formats.locations import with_cells
from planner.market.network import Network
from planner.market.rules.rule_lanes import AXES, RECEIVED, Rule, RuleLanes, per
from planner.market.rules.rule_problems import wrong_rules
from planner.scenario import Scenario

MILLION = 1e6
"""Rupiah in one unit of a row that counts freight: rows of tonnes and rows of money are then of a size."""
UNITS = {"tonnes": "t", "teu": "TEU", "idr": "million IDR", "tests": "tests", "share": "t"}
"""Unit of a row, by measure; that of a share is a tonne received."""


class Terms(NamedTuple):
    """What rows count: `value` units for each tonne dispatched on a lane in a period; of a share, received."""

    row: Integers
    lane: Integers
    period: Integers
    value: Floats


class FlowTerms(NamedTuple):
    """What rows count: `value` units for each tonne of a flow, by its place among the flows."""

    row: Integers
    flow: Integers
    value: Floats


class Gaps(NamedTuple):
    """The relaxation columns of soft rules: what is missing to the bound, or (`over`) beyond it."""

    row: Integers
    over: Integers
    cost: Floats


@dataclass(frozen=True, slots=True)
class RuleRows:
    """The rows of all rules, by name and by the labels of their `per`; arrays have one entry a row.

    Parameters
    ----------
    index
        Position of the rule in its table, and of each value of its `per`; -1 on axes where the row
        counts all.
    counted, whole
        What each row counts, in `unit`; and for a share all it is a share of.
    sense, bound
        "<=", ">=" or "=" and the right side, in `unit`.
    share
        Bound of a share as a fraction; NaN for other measures.
    unit
        "t", "TEU", "million IDR" or "tests".
    penalty
        IDR for each unit by which a soft rule misses its bound; NaN for a hard rule.
    """

    index: Mapping[str, Integers]
    counted: Terms
    whole: Terms
    sense: Array
    bound: Floats
    share: Floats
    unit: Array
    penalty: Floats

    @property
    def lower(self) -> Floats:
        """Smallest value of each row."""
        return np.where(self.sense == "<=", -np.inf, self.bound)

    @property
    def upper(self) -> Floats:
        """Largest value of each row."""
        return np.where(self.sense == ">=", np.inf, self.bound)

    def of_flows(self, terms: Terms, flows: Mapping[str, Integers], network: Network) -> FlowTerms:
        """Return what rows count of flows: on a lane and in a period there is one for each age of the goods.

        Parameters
        ----------
        terms
            `counted` or `whole`.
        flows
            Lane, period and age of each flow.
        network
            Their lanes.
        """
        periods = int(flows["period"].max(initial=0)) + 1
        key = flows["lane"] * periods + flows["period"]
        asked = terms.lane * periods + terms.period
        order = np.argsort(key, kind="stable")
        first, last = (np.searchsorted(key[order], asked, side) for side in ("left", "right"))
        times = last - first
        each = np.repeat(np.arange(len(asked)), times)
        place = np.arange(len(each)) - np.repeat(np.cumsum(times) - times, times) + first[each]
        flow, row = order[place], terms.row[each]
        received = network.received(flows["lane"], flows["age"])[flow]
        share = ~np.isnan(self.share)[row]
        return FlowTerms(row, flow, terms.value[each] * np.where(share, received, 1.0))

    @property
    def gaps(self) -> Gaps:
        """The relaxation columns; their cost keeps them as small as can be."""
        soft = ~np.isnan(self.penalty)
        under = np.flatnonzero(soft & (self.sense != "<="))
        over = np.flatnonzero(soft & (self.sense != ">="))
        row = np.concatenate([under, over])
        side = np.repeat([0, 1], [len(under), len(over)])
        return Gaps(row=row, over=side, cost=self.penalty[row])


def build_rule_rows(scenario: Scenario, network: Network) -> RuleRows:
    """Compute the rows of a scenario.

    Raises
    ------
    InputError
        With every rule that counts nothing, or that cannot count what it should.
    """
    lanes = RuleLanes(scenario, network)
    wrong = [problem for problem in wrong_rules(scenario, lanes) if problem.blocking]
    if wrong:
        raise InputError(with_cells(wrong, scenario.books))
    table = scenario.tables["rules"].reset_index(drop=True).sort_values("rule")
    value = {each: _value(each, scenario, network) for each in set(table["measure"])}
    numbered = zip(table.index, table.to_dict("records"), strict=True)
    parts = [_Part.of(position, rule, lanes, value[rule["measure"]]) for position, rule in numbered]
    size = np.array([len(part.cells) for part in parts], dtype=np.int64)
    before = np.cumsum(size) - size
    rules = table.iloc[np.repeat(np.arange(len(parts)), size)]
    measure, bound = rules["measure"].to_numpy(), rules["bound"].to_numpy(dtype=float)
    money = np.where(measure == "idr", MILLION, 1.0)
    cells = np.concatenate([np.zeros((0, len(AXES) + 1), int), *(part.cells for part in parts)])
    return RuleRows(
        index=dict(zip(("rule", *AXES), cells.T, strict=True)),
        counted=_joined([part.counted for part in parts], before),
        whole=_joined([part.whole for part in parts], before),
        sense=rules["sense"].to_numpy(),
        bound=np.where(measure == "share", 0.0, bound / money),
        share=np.where(measure == "share", bound, np.nan),
        unit=rules["measure"].map(UNITS).to_numpy(dtype=object),
        penalty=rules["penalty_idr"].to_numpy(dtype=float) * money,
    )


def row_names(scenario: Scenario, network: Network, index: Mapping[str, Array]) -> Array:
    """Name rows of rules (or their relaxation columns): the rule, and its `per` except the period.

    Parameters
    ----------
    scenario, network
        Where the codes come from.
    index
        Index of the block.
    """
    names = scenario.tables["rules"]["rule"].to_numpy(dtype=object)[index["rule"]]
    labels = RuleLanes(scenario, network).labels
    for axis in AXES[:-1]:
        label = np.array([*(f" {code}" for code in labels[axis]), ""], dtype=object)
        names = names + label[index[axis]]
    return names


class _Part(NamedTuple):
    """The rows of one rule: their cells, and what each counts as the columns of `Terms`."""

    cells: Integers
    counted: pd.DataFrame
    whole: pd.DataFrame

    @classmethod
    def of(cls, position: int, rule: Rule, lanes: RuleLanes, value: Floats) -> _Part:
        each, share = per(rule), rule["measure"] == "share"
        counted = _by_period(lanes, rule, lanes.counted(rule))
        cells = counted[each].drop_duplicates() if each else counted.iloc[:1][[]]
        if each:
            names = [np.array(lanes.labels[axis])[cells[axis]] for axis in each]
            cells = cells.iloc[np.lexsort(names[::-1])]
        cells = cells.assign(row=np.arange(len(cells)))
        filled = cells.reindex(columns=["rule", *AXES], fill_value=-1).assign(rule=position)
        received = lanes.counted(rule, RECEIVED) if share else counted.iloc[:0]
        into = [axis for axis in each if axis in RECEIVED]
        return cls(
            filled.to_numpy(dtype=np.int64),
            _on_rows(counted, cells, each, value),
            _on_rows(_by_period(lanes, rule, received), cells, into, value),
        )


def _by_period(lanes: RuleLanes, rule: Rule, found: pd.DataFrame) -> pd.DataFrame:
    """Repeat what was found in every period that the rule counts."""
    periods = lanes.named(rule, "period")
    long = found.loc[found.index.repeat(len(periods))]
    return long.assign(period=np.tile(periods, len(found)))


def _on_rows(
    found: pd.DataFrame, cells: pd.DataFrame, axes: list[str], value: Floats
) -> pd.DataFrame:
    """Return in which rows each lane and period counts, those of its place on the axes, and how much."""
    how = {"on": axes} if axes else {"how": "cross"}
    columns = found[["lane", "period", *(axis for axis in axes if axis != "period")]]
    placed = columns.merge(cells[[*axes, "row"]], **how)
    return placed.assign(value=value[placed["lane"]])[list(Terms._fields)]


def _value(measure: str, scenario: Scenario, network: Network) -> Floats:
    """Return what a tonne on each lane counts; the formulas stand on top of this file."""
    goods = scenario.tables["commodities"]
    if measure == "idr":
        return network.freight / MILLION
    if measure == "share":
        return np.ones(len(network.loss))
    each = {
        "tonnes": np.ones(len(goods)),
        "teu": 1 / goods["tonnes_per_teu"].to_numpy(dtype=float),
        "tests": goods["tests_per_t"].to_numpy(dtype=float),
    }
    return each[measure][network.lane_commodity]


def _joined(parts: Sequence[pd.DataFrame], before: Integers) -> Terms:
    """Put the terms of all rules behind each other."""
    shifted = [
        part.assign(row=part["row"] + first) for part, first in zip(parts, before, strict=True)
    ]
    none = pd.DataFrame({"row": 0, "lane": 0, "period": 0, "value": 0.0}, index=[])
    long = pd.concat([none, *shifted])
    return Terms(*(long[name].to_numpy() for name in Terms._fields))
