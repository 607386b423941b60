"""The twin of a scenario with the penalties of the library."""

from __future__ import annotations

from textbook import Twin, textbook

from planner import Scenario
from planner.balance import balance_of
from planner.model.inputs import inputs_of
from planner.model.penalties import penalties_of
from planner.network import network_of


def twin_of(scenario: Scenario) -> Twin:
    penalties = penalties_of(inputs_of(scenario, balance_of(scenario), network_of(scenario)))
    goods = scenario.commodities
    unmet, gap = (
        dict(zip(goods, part.tolist(), strict=True)) for part in (penalties.unmet, penalties.gap)
    )
    return textbook(scenario, unmet, gap, penalties.discarded)
