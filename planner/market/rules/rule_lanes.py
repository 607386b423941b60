"""Which lanes a rule counts: those that every filter in its row of `rules.csv` allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from planner.arrays import Integers, positions
from planner.market.network import Network
from planner.scenario import Scenario
from planner.schema.tables import FILTERS, TABLES

AXES = tuple(column.name for column in FILTERS)
RECEIVED = ("destination", "commodity", "good", "period")
"""The axes of what comes in at all, whichever way it comes."""
LANE_AXES = tuple(axis for axis in AXES if axis != "period")

type Rule = Mapping[Any, Any]
"""One row of `rules.csv`."""


class RuleLanes:
    """The lanes of a network as a rule sees them.

    Parameters
    ----------
    scenario, network
        Where the codes and the lanes come from.
    """

    def __init__(self, scenario: Scenario, network: Network) -> None:
        goods = scenario.tables["commodities"]["good"]
        self.labels: dict[str, list[str]] = {
            "origin": scenario.provinces,
            "destination": scenario.provinces,
            "port": network.ports,
            "mode": list(scenario.tables["modes"]["mode"]),
            "service": sorted({*network.service} - {""}),
            "commodity": scenario.commodities,
            "good": list(dict.fromkeys(goods)),
            "period": list(scenario.horizon.labels),
        }
        self._network, self._goods = network, goods

    @cached_property
    def _entries(self) -> pd.DataFrame:
        """Positions by axis of every lane, once for each of its ends: made when a rule first asks."""
        network = self._network
        arc, commodity = network.lane_arc, network.lane_commodity
        lanes = pd.DataFrame(
            {
                "lane": np.arange(len(arc)),
                "origin": network.lane_origin,
                "destination": network.lane_destination,
                "mode": self._places("mode", network.mode)[arc],
                "service": self._places("service", network.service)[arc],
                "commodity": commodity,
                "good": self._places("good", self._goods)[commodity],
            }
        )
        ends = (network.origin_port, network.destination_port)
        by_end = [lanes.assign(port=self._places("port", end)[arc]) for end in ends]
        return pd.concat(by_end, ignore_index=True)

    def counted(self, rule: Rule, axes: Sequence[str] = AXES) -> pd.DataFrame:
        """Return the lanes that the filters on some axes allow.

        Returns
        -------
        Positions by axis, -1 where there is none. One entry for each lane; where the rule is written
        for each port, one for each port of the lane.
        """
        return self.narrowed(rule, axes)[-1][1]

    def narrowed(self, rule: Rule, axes: Sequence[str] = AXES) -> list[tuple[str, pd.DataFrame]]:
        """Return what is left after each filter in turn, and the column that filtered."""
        left, steps = self._entries, [("", self._entries)]
        for axis in (axis for axis in LANE_AXES if axis in axes and rule[axis]):
            left = left.loc[left[axis].isin(self.named(rule, axis))]
            steps.append((axis, left))
        each = [axis for axis in per(rule) if axis in LANE_AXES and axis in axes]
        left = left.loc[(left[each] >= 0).all(axis=1)]
        return [*steps, ("per", left if "port" in each else left.drop_duplicates("lane"))]

    def named(self, rule: Rule, axis: str) -> Integers:
        """Return the positions of the codes a rule names on an axis; of all where it names none."""
        if not rule[axis]:
            return np.arange(len(self.labels[axis]))
        places = self._places(axis, codes(rule, axis))
        return places[places >= 0]

    def _places(self, axis: str, labels: Sequence[str] | pd.Series[str]) -> Integers:
        return positions(self.labels[axis], labels)


def codes(rule: Rule, column: str) -> list[str]:
    """Return the codes in a cell of a rule."""
    return TABLES["rules"].column(column).values(rule[column])


def per(rule: Rule) -> list[str]:
    """Return the axes on which a rule is written for each value."""
    named = codes(rule, "per")
    return [axis for axis in AXES if axis in named]
