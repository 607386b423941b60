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
    unmet = dict(zip(scenario.commodities, penalties.unmet.tolist(), strict=True))
    return textbook(scenario, unmet, penalties.gap, penalties.discarded)
