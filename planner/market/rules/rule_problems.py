"""What is wrong with a rule once the lanes are known: it counts nothing, or not what it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pandas as pd

from planner.errors import Problem
from planner.market.network import build_network
from planner.market.rules.rule_lanes import Rule, RuleLanes, codes, per
from planner.scenario import Scenario

MOST_NAMED = 12
"""Codes named in one message before the rest is left out."""


def rule_problems(scenario: Scenario) -> list[Problem]:
    """Return all that is wrong with the rules of a scenario, and remarks on what they do not count."""
    return list(wrong_rules(scenario, RuleLanes(scenario, build_network(scenario))))


def wrong_rules(scenario: Scenario, lanes: RuleLanes) -> Iterator[Problem]:
    """Yield the problems of each rule in turn."""
    rules = scenario.tables["rules"]
    places = scenario.lines["rules"].reindex(rules.index)
    for rule, (file, line) in zip(
        rules.to_dict("records"), places.itertuples(index=False, name=None), strict=True
    ):
        known = isinstance(file, str)
        check = _Check(rule, lanes, file if known else "rules.csv", int(line) if known else 0)
        yield from check.problems(scenario.tables["commodities"])


@dataclass(frozen=True, slots=True)
class _Check:
    """One rule and the line it stands on."""

    rule: Rule
    lanes: RuleLanes
    file: str
    line: int

    def problems(self, commodities: pd.DataFrame) -> Iterator[Problem]:
        left_out = {axis: self._left_out(axis) for axis in ("commodity", "good", "period")}
        for axis, missing in left_out.items():
            if missing:
                yield self._say("rule_out_of_scope", axis, blocking=False, value=_listed(missing))
        if any(missing == codes(self.rule, axis) != [] for axis, missing in left_out.items()):
            return
        counted = self.lanes.counted(self.rule)
        if counted.empty:
            yield self._counts_nothing()
            return
        yield from self._missing_rows(counted)
        yield from self._uncounted(commodities.iloc[counted["commodity"].unique()])

    def _left_out(self, axis: str) -> list[str]:
        """Return the codes that the scope or the horizon of the scenario leaves out."""
        return [code for code in codes(self.rule, axis) if code not in self.lanes.labels[axis]]

    def _counts_nothing(self) -> Problem:
        """Return which filter leaves nothing, and what there was before it."""
        steps = self.lanes.narrowed(self.rule)
        end = next(i for i, (_, left) in enumerate(steps) if left.empty)
        axis, before = steps[end][0], steps[end - 1][1]
        if end == 0:
            return self._say("rule_in_no_market", "rule")
        if axis == "per":
            return self._say("rule_per_nothing", "per", value=self.rule["per"])
        there = before.loc[before[axis] >= 0, axis].unique()
        names = [self.lanes.labels[axis][i] for i in sorted(there)]
        return self._say("rule_no_lane", axis, value=self.rule[axis], known=_listed(names) or "-")

    def _missing_rows(self, counted: pd.DataFrame) -> Iterator[Problem]:
        """Find what a rule asks for by name where nothing can go."""
        axes = [axis for axis in per(self.rule) if axis != "period" and self.rule[axis]]
        if self.rule["sense"] == "<=" or self.rule["bound"] == 0 or not axes:
            return
        asked = product(*(self.lanes.named(self.rule, axis).tolist() for axis in axes))
        found = set(counted[axes].itertuples(index=False, name=None))
        names = [self.lanes.labels[axis] for axis in axes]
        missing = [
            " ".join(label[i] for label, i in zip(names, cell, strict=True))
            for cell in asked
            if cell not in found
        ]
        if missing:
            yield self._say("rule_row_missing", "per", value=_listed(missing))

    def _uncounted(self, goods: pd.DataFrame) -> Iterator[Problem]:
        """Find goods of which a rule cannot tell how much a tonne counts."""
        boxed, tested = goods["tonnes_per_teu"].notna(), goods["tests_per_t"] > 0
        named = bool(self.rule["commodity"] or self.rule["good"])
        if self.rule["measure"] == "teu" and not boxed.all():
            value = _listed(goods.loc[~boxed, "commodity"])
            yield self._say("rule_without_payload", "measure", value=value)
        if self.rule["measure"] == "tests" and not (tested.all() if named else tested.any()):
            value = _listed(goods.loc[~tested, "commodity"])
            yield self._say("rule_without_tests", "measure", value=value)

    def _say(self, key: str, column: str, *, blocking: bool = True, **values: object) -> Problem:
        named = {"rule": self.rule["rule"], "table": "commodities", **values}
        return Problem(key, self.file, self.line, column, named, blocking)


def _listed(names: list[str] | pd.Series[str]) -> str:
    more = ", ..." if len(names) > MOST_NAMED else ""
    return ", ".join(list(names)[:MOST_NAMED]) + more
