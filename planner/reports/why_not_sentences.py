"""The answer to "why?" in sentences that a planner can read out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from planner.i18n import keys, money, money_decimals, month, number, text, tonnes

if TYPE_CHECKING:
    from planner.analysis.whynot.why_not import WhyNot

MOST_NAMED = 3
"""Provinces named in a sentence."""
LEAST_TOLD = 0.5
"""Less than this is not worth a word, t."""
TIE = 1.0
"""A flip freight this near the freight is the same, IDR/t."""
GAINS = {"used": "used_up"}
"""Names of the sentences that are not called like the term they tell of."""


def why_not_sentences(why: WhyNot, language: str) -> list[str]:
    """Write an answer in one to three sentences.

    Parameters
    ----------
    why
        The answer.
    language
        ``"id"`` or ``"en"``.
    """
    words = _Words(why, language)
    told = {
        "absent": words.absent,
        "unused": words.unused,
        "closed": words.closed,
        "used": words.used,
    }
    return told.get(why.answer, words.needed)()


def substitute_name(why: WhyNot, gain: Mapping[Any, Any], language: str) -> str:
    """Name what makes up for a used lane: another lane, or a term of the balance."""
    if gain["what"] != "lane":
        return text(f"why.{GAINS.get(gain['what'], gain['what'])}", language)
    province = why.scenario.names("provinces", language)[gain["origin"]]
    mode = why.scenario.names("modes", language)[gain["mode"]].lower()
    return text("why.lane", language, province=province, mode=mode)


def price_of_kg(idr_per_t: float, language: str) -> str:
    """Write the money for a kilogram: whole from ten up."""
    value = idr_per_t / 1000
    places = 0 if abs(value) >= 10 else max(1, money_decimals(value, language))
    return number(value, language, places)


class _Words:
    """Sentences about one answer in one language."""

    def __init__(self, why: WhyNot, language: str) -> None:
        language = why.scenario.locale(language)
        self._why, self._language = why, language
        names = {table: why.scenario.names(table, language) for table in ("provinces", "modes")}
        self._province, self._mode = names["provinces"], names["modes"]
        self._rule = why.scenario.names("rules", language)
        asked = why.question
        goods = why.scenario.names("commodities", language)
        self._common = {
            "origin": self._province[asked.origin],
            "destination": self._province[asked.destination],
            "commodity": goods[asked.commodity].lower(),
            "when": self._say("when", period=month(asked.period, language)) if asked.period else "",
            "by": self._say("by", mode=self._mode[asked.mode].lower()) if asked.mode else "",
        }

    def absent(self) -> list[str]:
        reasons = [self._reason(way) for way in self._why.lanes.to_dict("records")]
        said = self._say("absent", reasons="; ".join(reasons or [self._say("no_arc")]))
        origins = self._cheapest(self._why.arrives, "origin")
        destinations = self._cheapest(self._why.leaves, "destination")
        ways = self._say("ways", origins=origins, destinations=destinations)
        return [said[0].upper() + said[1:], ways]

    def unused(self) -> list[str]:
        lane = self._nearest_lane()
        return [self._carries_nothing(), self._flip(lane), *self._weighs(lane)]

    def closed(self) -> list[str]:
        """Write what a lane would carry that the stage calm keeps closed."""
        amount = self._why.lanes["opened_t"].sum()
        if amount < LEAST_TOLD:
            return [self._carries_nothing(), self._say("closed_idle")]
        extra = self._why.extra_idr
        key = "closed_cheaper" if extra < 0 else "closed_dearer"
        facts = {
            "tonnes": tonnes(amount, self._language),
            "extra": money(abs(extra), self._language),
        }
        return [self._carries_nothing(), self._say(key, **facts)]

    def _carries_nothing(self) -> str:
        sources = self._fullest(self._why.arrives, "origin")
        sinks = self._fullest(self._why.leaves, "destination")
        served = self._say("served", sources=sources) if sources else self._say("served_itself")
        sends = self._say("sends", sinks=sinks) if sinks else self._say("sends_none")
        return self._say("unused", served=served, sends=sends)

    def used(self) -> list[str]:
        why = self._why
        named = why.instead.loc[why.instead["what"] != "unmet"].head(MOST_NAMED)
        gains = ", ".join(map(self._gain, named.to_dict("records")))
        losses = [
            self._say(_loss(name), tonnes=tonnes(t, self._language))
            for name, t in why.losses.items()
        ]
        if why.rules_missed:
            losses.append(self._say("loss_rules", rules=self._rules(why.rules_missed)))
        effects = ", ".join([self._extra(), *losses])
        key = "replaced" if gains else "not_replaced"
        return [self._carries(), self._say(key, gains=gains, effects=effects)]

    def _extra(self) -> str:
        extra = self._why.extra_idr
        amount = money(abs(extra), self._language)
        each = self._kg(extra / self._why.lanes["tonnes"].sum())
        return self._say("cheaper" if extra < 0 else "dearer", extra=amount, each=each)

    def needed(self) -> list[str]:
        """Write what cannot be kept without the lane."""
        rules = self._rules(self._why.rules)
        key = "feeding" if self._why.answer == "feeding" else "needed_by" if rules else "needed"
        return [self._carries(), self._say(key, rules=rules)]

    def _carries(self) -> str:
        full = self._why.lanes.loc[self._why.lanes["tonnes"] > 0]
        carried = full["tonnes"].sum()
        modes = ", ".join(dict.fromkeys(self._mode[mode].lower() for mode in full["mode"]))
        freight = (full["idr_per_t"] * full["tonnes"]).sum() / carried
        amount = tonnes(carried, self._language)
        rules = self._why.rules
        because = self._say("because", rules=self._rules(rules)) if rules else ""
        return self._say(
            "used", tonnes=amount, mode=modes, freight=self._kg(freight), because=because
        )

    def _nearest_lane(self) -> dict[str, Any]:
        """Return the lane that would have to fall least; where none would ever do, the cheapest."""
        lanes = self._why.lanes
        fall = (lanes["idr_per_t"] - lanes["flip_idr_per_t"]).fillna(np.inf)
        first = lanes.assign(fall=fall).sort_values(["fall", "idr_per_t"]).iloc[0]
        return {str(name): value for name, value in first.items()}

    def _flip(self, lane: dict[str, Any]) -> str:
        facts = {
            "mode": self._mode[lane["mode"]].lower(),
            "nearest": month(lane["nearest"], self._language),
            "freight": self._kg(lane["idr_per_t"]),
        }
        ends = ("home", "arrived", "there", "landed", "flip")
        facts |= {end: self._kg(lane[f"{end}_idr_per_t"]) for end in ends}
        short = np.isnan(lane["home_idr_per_t"])
        short_both = short and np.isnan(lane["there_idr_per_t"])
        if lane["fall"] < TIE:
            return self._say("tie", **facts)
        if np.isfinite(lane["fall"]):
            plain = np.isfinite(lane["landed_idr_per_t"] + lane["there_idr_per_t"])
            return self._say("flip" if plain and not lane["rules"] else "flip_only", **facts)
        worth_less = lane["arrived_idr_per_t"] <= lane["home_idr_per_t"]
        if lane["limits"] and not worth_less:
            limits = ", ".join(map(self._limit, lane["limits"]))
            return self._say("never_limit", limits=limits, **facts)
        key = "never_short_both" if short_both else "never_short" if short else "never"
        return self._say(key, **facts)

    def _weighs(self, lane: dict[str, Any]) -> list[str]:
        """Name the limits and rules that stand in what an unused lane would cost."""
        names = [*lane["limits"], *lane["rules"]]
        if not names or np.isinf(lane["fall"]):
            return []
        return [self._say("weighs", names=", ".join(map(self._limit, names)))]

    def _reason(self, way: dict[Any, Any]) -> str:
        days, most = (number(way[key], self._language) for key in ("transit_days", "max_days"))
        mode = self._mode[way["mode"]].lower()
        return self._say(way["reason"], mode=mode, days=days, most=most)

    def _gain(self, gain: dict[Any, Any]) -> str:
        return self._amount(substitute_name(self._why, gain, self._language), gain["tonnes"])

    def _amount(self, what: str, t: float) -> str:
        return self._say("amount", what=what, tonnes=tonnes(t, self._language))

    def _limit(self, name: str) -> str:
        key = f"why.limit.{name}"
        return (
            text(key, self._language)
            if key in keys()
            else self._say("rule", rule=self._rule.get(name, name))
        )

    def _rules(self, names: Iterable[str]) -> str:
        return ", ".join(self._rule[name] for name in names)

    def _fullest(self, lanes: pd.DataFrame, end: str) -> str:
        """Name the provinces with most cargo."""
        sums = lanes.groupby(end)["tonnes"].sum().nlargest(MOST_NAMED)
        told = sums[sums >= LEAST_TOLD]
        return ", ".join(self._amount(self._province[str(code)], t) for code, t in told.items())

    def _cheapest(self, lanes: pd.DataFrame, end: str) -> str:
        """Name the provinces with the cheapest lanes."""
        first = lanes.groupby(end)["idr_per_t"].min().nsmallest(MOST_NAMED)
        named = ", ".join(self._province[str(code)] for code in first.index)
        return named or self._say("nobody")

    def _kg(self, idr_per_t: float) -> str:
        return price_of_kg(idr_per_t, self._language)

    def _say(self, key: str, **values: object) -> str:
        return text(f"why.{key}", self._language, **getattr(self, "_common", {}), **values)


def _loss(name: str) -> str:
    """Name the sentence of what is missed; soft limits that are no rules share one."""
    own = f"loss_{name}"
    return own if f"why.{own}" in keys() else "loss_soft"
