"""The summary as at most fifteen lines that a planner reads on a Monday morning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from planner.analysis.alternatives import movable_tonnes
from planner.analysis.trade_potential.potential import FIRST_TONNES
from planner.i18n import bare_money, money, money_decimals, month, number, percent, text, tonnes
from planner.reports.service_use import service_lines
from planner.reports.stage_report import stage_lines
from planner.scenario import Scenario
from planner.solution import Solution

LEAST_TOLD = 0.5
"""Less than this is not worth a line, t."""
LANES = 5
LANES_BESIDE_PAIR = 2
RECIPES, MILLS = 2, 3
PAIRS = 4
CLOSED = 3
SWAPS = 3


def run_report(
    solution: Solution, facts: Mapping[str, Any], pair: pd.DataFrame | None, language: str
) -> list[str]:
    """Write what is short where, what moves, what it costs and what rests on assumptions.

    Parameters
    ----------
    solution
        The plan.
    facts
        Its summary.
    pair
        The pair table, where two provinces are looked at.
    language
        ``"id"`` or ``"en"``.
    """
    words = _Words(solution, language)
    shortage = [words.shortage(facts), *words.last_tonne(facts)]
    lines = [words.heading(), *shortage, *words.gaps(facts), *words.closed(), words.moved(facts)]
    lines[2:2] = stage_lines(solution, language)
    lines += words.lanes(LANES if pair is None else LANES_BESIDE_PAIR)
    lines += [
        *words.processed(),
        *service_lines(solution, language),
        words.cost(facts),
        *words.rules(facts),
        words.assumed(facts),
    ]
    return lines if pair is None else lines + words.pairs(pair)


def alternatives_report(
    solution: Solution, swaps: pd.DataFrame, within: Sequence[float], language: str
) -> list[str]:
    """Write how much of a plan could go another way, and which lanes would change most.

    Parameters
    ----------
    solution
        The plan.
    swaps
        The table of `planner.analysis.alternatives` for each of `within`, together.
    within
        Percents of the cost, 0 first.
    language
        ``"id"`` or ``"en"``.
    """
    words = _Words(solution, language)
    return [words.swaps(swaps.loc[swaps["within"] == percent / 100], percent) for percent in within]


def limits(solution: Solution, language: str) -> list[str]:
    """Return the known limits of the scenario, and what every plan of this kind cannot say."""
    notes = [getattr(note, language) for note in solution.scenario.settings.limits.notes]
    return [*notes, *price_note(solution.scenario, language)]


def price_note(scenario: Scenario, language: str) -> list[str]:
    """Write what a local price is not, where no purchase prices are charged."""
    return [] if charges_purchases(scenario) else [text("report.no_purchase", language)]


def charges_purchases(scenario: Scenario) -> bool:
    """Return whether the plan pays producers, so that a local price is more than freight."""
    return bool((scenario.tables["prices"]["level"] == "producer").any())


def distinct_per_kg(freight: float, flip: float, language: str) -> tuple[str, str] | None:
    """Return two freights (IDR/t) by the kilogram, with the decimals it takes to tell them apart."""
    least = money_decimals(min(abs(freight), abs(flip)) / 1000, language)
    for decimals in range(least, least + 3):
        first, second = (number(idr / 1000, language, decimals) for idr in (freight, flip))
        if first != second:
            return first, second
    return None


class _Words:
    """Sentences about one plan in one language."""

    def __init__(self, solution: Solution, language: str) -> None:
        language = solution.scenario.locale(language)
        self._solution, self._language = solution, language
        self._province = solution.scenario.names("provinces", language)
        self._commodity = solution.scenario.names("commodities", language)
        self._mode = solution.scenario.names("modes", language)
        self._rule = solution.scenario.names("rules", language)

    def _say(self, key: str, **values: object) -> str:
        return text(f"report.{key}", self._language, **values)

    def heading(self) -> str:
        scenario, periods = self._solution.scenario, self._solution.balance.periods
        return self._say(
            "heading",
            title=scenario.title(self._language),
            first=month(periods[0], self._language),
            last=month(periods[-1], self._language),
            provinces=len(scenario.provinces),
            commodities=len(scenario.commodities),
        )

    def shortage(self, facts: Mapping[str, Any]) -> str:
        if not facts["unmet_t"]:
            return self._say("all_met")
        coverage = self._solution.coverage()
        sums = coverage.groupby(["province", "commodity"])["unmet_t"].sum().nlargest(3)
        sums = sums.loc[sums >= LEAST_TOLD] if (sums >= LEAST_TOLD).any() else sums.head(1)
        places = sums.reset_index().to_numpy()
        named = [
            f"{self._province[p]}, {self._commodity[k].lower()} {tonnes(unmet, self._language)}"
            for p, k, unmet in places
        ]
        return self._say(
            "short", goods="; ".join(self._short_goods(facts)), places="; ".join(named)
        )

    def last_tonne(self, facts: Mapping[str, Any]) -> list[str]:
        """Write what the last tonne costs where it is fed because feeding comes before cost."""
        idr = facts["least_unmet"].get("last_tonne_idr", 0)
        return [self._say("last_tonne", amount=money(idr, self._language))] if idr else []

    def closed(self) -> list[str]:
        """Name the connections that are closed because their freight stands for never."""
        network, places = self._solution.network, self._solution.balance.provinces
        arcs = list(dict.fromkeys(network.closed_arc.tolist()))
        if not arcs:
            return []
        ways = [
            f"{self._province[places[network.origin[arc]]]} - "
            f"{self._province[places[network.destination[arc]]]} ({self._mode[network.mode[arc]].lower()})"
            for arc in arcs[:CLOSED]
        ]
        return [self._say("closed", count=len(arcs), ways="; ".join(ways))]

    def _short_goods(self, facts: Mapping[str, Any]) -> list[str]:
        need = dict(
            zip(
                self._solution.balance.commodities,
                self._solution.balance.need.sum((0, 2)),
                strict=True,
            )
        )
        return [
            self._say(
                "short_good",
                commodity=self._commodity[k],
                unmet=tonnes(unmet, self._language),
                coverage=percent(1 - unmet / need[k], self._language, 1),
            )
            for k, unmet in facts["unmet_t"].items()
        ]

    def gaps(self, facts: Mapping[str, Any]) -> list[str]:
        lines = []
        for key in ("reserve_gap", "closing_gap", "discarded", "unused"):
            goods = facts[f"{key}_t"].items()
            named = [
                f"{self._commodity[k].lower()} {tonnes(t, self._language)}"
                for k, t in goods
                if t >= LEAST_TOLD
            ]
            if named:
                lines.append(self._say(key, goods="; ".join(named)))
        return lines

    def moved(self, facts: Mapping[str, Any]) -> str:
        total = facts["tonnes_moved"]
        if not facts["tonnes_by_mode"]:
            return self._say("moved_nothing")
        modes = sorted(facts["tonnes_by_mode"].items(), key=lambda item: -item[1])
        shares = [f"{self._mode[m].lower()} {percent(t / total, self._language)}" for m, t in modes]
        return self._say("moved", total=tonnes(total, self._language), modes=", ".join(shares))

    def lanes(self, count: int) -> list[str]:
        flows = self._solution.flows()
        lanes = flows.groupby(["origin", "destination", "mode", "commodity"])
        largest = lanes[["tonnes", "received_t", "idr"]].sum().nlargest(count, "tonnes")
        return [
            self._say(
                "lane",
                origin=self._province[row["origin"]],
                destination=self._province[row["destination"]],
                commodity=self._commodity[row["commodity"]].lower(),
                mode=self._mode[row["mode"]].lower(),
                tonnes=tonnes(row["tonnes"], self._language),
                freight=bare_money(row["idr"] / row["received_t"] / 1000, self._language),
            )
            for row in largest.reset_index().to_dict("records")
        ]

    def processed(self) -> list[str]:
        table = self._solution.processing()
        pairs = table.groupby(["input", "output"])[["used_t", "made_t"]].sum()
        lines = []
        for sums in pairs.nlargest(RECIPES, "used_t").reset_index().to_dict("records"):
            source, product = sums["input"], sums["output"]
            rows = table.loc[(table["input"] == source) & (table["output"] == product)]
            places = rows.groupby("province")["used_t"].sum().nlargest(MILLS).index
            lines.append(
                self._say(
                    "processed",
                    input=self._commodity[source].lower(),
                    used=tonnes(sums["used_t"], self._language),
                    output=self._commodity[product].lower(),
                    made=tonnes(sums["made_t"], self._language),
                    places=", ".join(self._province[province] for province in places),
                )
            )
        return lines

    def cost(self, facts: Mapping[str, Any]) -> str:
        parts = sorted(facts["cost_by_part_idr"].items(), key=lambda item: -item[1])
        named = [f"{self._say(f'part.{part}')} {money(idr, self._language)}" for part, idr in parts]
        total = money(facts["cost_idr"], self._language)
        return self._say("cost", total=total, parts=f" ({', '.join(named)})" if named else "")

    def rules(self, facts: Mapping[str, Any]) -> list[str]:
        """Write in one line which soft rules are missed, and which rules bind."""
        missed = [
            self._say(
                key, rule=self._rule[name], amount=self._amount(rule[side], rule["missed_unit"])
            )
            for name, rule in facts["rules"].items()
            for key, side in (("rule_under", "too_little"), ("rule_over", "too_much"))
            if rule[side] > 0
        ]
        binding = [
            self._say(
                "rule_feeds" if rule["feeds_t_per_unit"] else "rule_binding",
                rule=self._rule[name],
                rent=bare_money(rule["congestion_rent"], self._language),
                feeds=number(rule["feeds_t_per_unit"], self._language, 2),
                unit=text(f"unit.{rule['unit']}", self._language),
            )
            for name, rule in facts["rules"].items()
            if rule["congestion_rent"] + rule["feeds_t_per_unit"] > 0
            and not rule["too_little"] + rule["too_much"]
        ]
        said = [
            self._say(key, rules="; ".join(named))
            for key, named in (("rules_missed", missed), ("rules_binding", binding))
            if named
        ]
        return [" ".join(said)] if said else []

    def _amount(self, value: float, unit: str) -> str:
        if unit == "million IDR":
            return money(value * 1e6, self._language)
        return f"{number(value, self._language)} {text(f'unit.{unit}', self._language)}"

    def assumed(self, facts: Mapping[str, Any]) -> str:
        shares = facts["evidence_assumed"]
        key = "assumed_processing" if "processing" in shares else "assumed"
        return self._say(
            key, **{name: percent(share, self._language) for name, share in shares.items()}
        )

    def swaps(self, table: pd.DataFrame, within: float) -> str:
        if table.empty and not within:
            return self._say("swaps_none")
        lanes = [self._swap(lane) for lane in table.head(SWAPS).to_dict("records")]
        return self._say(
            "swaps_within" if within else "swaps_some",
            percent=percent(within / 100, self._language, 1),
            tonnes=tonnes(movable_tonnes(table), self._language),
            total=tonnes(self._solution.value("flow").sum(), self._language),
            lanes="; ".join(lanes) or "-",
        )

    def _swap(self, lane: Mapping[Any, Any]) -> str:
        return self._say(
            "swap_less" if lane["change_t"] < 0 else "swap_more",
            origin=self._province[lane["origin"]],
            destination=self._province[lane["destination"]],
            commodity=self._commodity[lane["commodity"]].lower(),
            tonnes=tonnes(abs(lane["change_t"]), self._language),
        )

    def pairs(self, pair: pd.DataFrame) -> list[str]:
        trades = pair.loc[pair["potential_t"] > 0].nlargest(PAIRS, "potential_t")
        if trades.empty:
            return [self._say("pair_nothing")]
        return [self._trade(trade) for trade in trades.to_dict("records")]

    def _trade(self, trade: Mapping[Any, Any]) -> str:
        origin, destination = trade["direction"].split("-")
        values = {
            "origin": self._province[origin],
            "destination": self._province[destination],
            "commodity": self._commodity[trade["commodity"]].lower(),
            "planned": tonnes(trade["planned_t"], self._language),
            "potential": tonnes(trade["potential_t"], self._language),
        }
        if pd.isna(trade["extra_idr_per_t"]):
            return self._say("pair_full", **values)
        values["extra"] = bare_money(trade["extra_idr_per_t"] / 1000, self._language)
        if trade["flip_idr_per_t"] < 0:
            return self._say("pair_never", **values)
        pair = distinct_per_kg(trade["freight_idr_per_t"], trade["flip_idr_per_t"], self._language)
        if pair is None:
            return self._say("pair_free", **values)
        values["freight"], values["flip"] = pair
        first = min(FIRST_TONNES, trade["potential_t"] - trade["planned_t"])
        values["first"] = tonnes(first, self._language)
        return self._say("pair_more" if trade["planned_t"] >= LEAST_TOLD else "pair", **values)
