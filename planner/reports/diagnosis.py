"""A diagnosis in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from planner.analysis.infeasibility.certain_shortages import CertainShortage
from planner.analysis.infeasibility.diagnose import Diagnosis
from planner.analysis.infeasibility.query import EVERYTHING, Query
from planner.analysis.infeasibility.relaxations import LESS, MORE
from planner.analysis.infeasibility.remedies import LimitRef, Remedy
from planner.analysis.infeasibility.rule_conflicts import RuleConflict
from planner.i18n import money, month, number, percent, text
from planner.reports.remedy_cells import format_figure, remedy_cells
from planner.scenario import Scenario

_TABLE_OF = {
    "origin": "provinces",
    "destination": "provinces",
    "province": "provinces",
    "commodity": "commodities",
    "mode": "modes",
    "port": "ports",
    "rule": "rules",
}
"""Where the names of the codes in a key stand."""
MOST = 10
"""Certainties told before the rest is only counted."""
RUPIAH = {"IDR": 1.0, "million IDR": 1e6}
"""Units that are money."""


def diagnosis_report(
    scenario: Scenario, diagnosis: Diagnosis, language: str, asked: Query = EVERYTHING
) -> list[str]:
    """Write what is wrong and what to change.

    Parameters
    ----------
    scenario
        The input.
    diagnosis
        The answer.
    language
        ``"id"`` or ``"en"``.
    asked
        The question.
    """
    words = _Words(scenario, language)
    if diagnosis.question == "nothing":
        return [words.say("nothing", title=scenario.title(language))]
    lines = [*words.trouble(diagnosis), *words.certain(diagnosis.certain)]
    if diagnosis.lines is None:
        kinds = ", ".join(words.say(f"kind.{name}") for name in asked.without)
        return [*lines, words.say("not_enough", kinds=kinds)]
    if not diagnosis.lines:
        return [*lines, words.say("no_cause")]
    return [*lines, *words.remedies(diagnosis.lines), words.other_way(diagnosis.lines[-1], asked)]


class _Words:
    """Sentences about one scenario in one language."""

    def __init__(self, scenario: Scenario, language: str) -> None:
        language = scenario.locale(language)
        self._scenario, self._language = scenario, language
        self._names = {table: scenario.names(table, language) for table in _TABLE_OF.values()}

    def say(self, key: str, **values: object) -> str:
        return text(f"diagnosis.{key}", self._language, **values)

    def trouble(self, diagnosis: Diagnosis) -> list[str]:
        if diagnosis.question == "contradiction":
            return [self.say("contradiction")]
        goods = diagnosis.unmet.groupby("commodity", sort=False)
        return [self.say("unmet", goods="; ".join(self._good(k, rows) for k, rows in goods))]

    def _good(self, commodity: object, rows: pd.DataFrame) -> str:
        places = rows["province"].unique()
        return self.say(
            "good",
            commodity=self._name("commodity", str(commodity)).lower(),
            amount=self._amount(rows["unmet_t"].sum(), "t"),
            place=self._name("province", places[0])
            if len(places) == 1
            else self.say("provinces", count=len(places)),
            periods=self._periods(list(rows["period"].unique())),
        )

    def certain(self, found: Sequence[CertainShortage | RuleConflict]) -> list[str]:
        """Report what is certain, the rest of a long list only by its length."""
        first = [
            self._clash(f) if isinstance(f, RuleConflict) else self._finding(f)
            for f in found[:MOST]
        ]
        more = [self.say("more", count=len(found) - MOST)] if len(found) > MOST else []
        return [self.say("certain"), *(f"- {_capital(s)}" for s in first + more)] if found else []

    def _clash(self, clash: RuleConflict) -> str:
        return self.say(
            "finding.clash",
            rule=self._name("rule", clash.rule),
            asked=self._amount(clash.asked, clash.unit),
            possible=self._amount(clash.possible, clash.unit),
            limits=self._limits(clash.against),
        )

    def _finding(self, finding: CertainShortage) -> str:
        key = "never" if finding.kind == "late" and not finding.period else finding.kind
        return self.say(
            f"finding.{key}",
            commodity=self._name("commodity", finding.commodity),
            place=self._name("province", finding.place),
            period=month(finding.period, self._language),
            amount=self._amount(finding.tonnes, "t"),
        )

    def remedies(self, lines: Sequence[Remedy]) -> list[str]:
        told = [self.say("remedies" if len(lines) > 1 else "remedy", count=len(lines))]
        for place, line in enumerate(lines, start=1):
            told.append(f"{place}. {self._line(line)}")
            told += [f"   {cell}" for cell in remedy_cells(self._scenario, line, self._language)]
            if line.against:
                told.append(f"   {self.say('against', limits=self._limits(line.against))}")
        return told

    def other_way(self, hardest: Remedy, asked: Query) -> str:
        """Offer to ask again without the hardest kind of remedy."""
        options = " ".join(f"--without {name}" for name in (*asked.without, hardest.rank))
        return self.say("without", kind=self.say(f"kind.{hardest.rank}"), options=options)

    def _line(self, line: Remedy) -> str:
        old, new = line.changes[0].old, line.changes[0].new
        amount = line.amount if line.of.column in {"local_share", "sense"} else abs(new - old)
        by_period = ", ".join(
            f"{month(change.period, self._language)} {self._amount(change.new - change.old, line.unit)}"
            for change in line.changes
        )
        sentence = self.say(
            f"line.{self._kind(line)}",
            **self._named(line.where),
            amount=by_period if line.of.by_period else self._amount(amount, line.unit),
            periods=self._periods(line.periods),
            old=format_figure(old) if line.kind == "slow" else self._amount(old, line.unit),
            new=format_figure(new) if line.kind == "slow" else self._amount(new, line.unit),
        )
        return _capital(sentence)

    def _kind(self, line: Remedy) -> str:
        """Return the name of the sentence: a rule for an exact amount can give way in several ways."""
        if line.kind != "equal":
            return line.kind
        rules = self._scenario.tables["rules"].set_index("rule")["bound"]
        if rules[line.key[0]] == 0:
            return "lifted"
        return {LESS: "less", MORE: "more"}.get(int(line.changes[0].new), "gone")

    def _limits(self, limits: Sequence[LimitRef]) -> str:
        named = [self.say(f"limit.{limit.kind}", **self._named(limit.where)) for limit in limits]
        return "; ".join(named)

    def _named(self, key: Mapping[str, str]) -> dict[str, str]:
        """Return the names of a row, goods and modes as they stand within a sentence."""
        names = {column: self._name(column, code) for column, code in key.items()}
        return {c: n.lower() if c in {"commodity", "mode"} else n for c, n in names.items()}

    def _name(self, column: str, code: str) -> str:
        return self._names.get(_TABLE_OF.get(column, ""), {}).get(code, code)

    def _amount(self, value: float, unit: str) -> str:
        if unit in RUPIAH:
            return money(value * RUPIAH[unit], self._language)
        if unit == "share":
            return percent(value, self._language, 1)
        decimals = 0 if value >= 100 or round(value, 3) == round(value) else 1
        written = number(value, self._language, decimals)
        return f"{written} {text(f'unit.{unit}', self._language)}"

    def _periods(self, periods: Sequence[str]) -> str:
        """Write runs of consecutive periods as from - to."""
        labels = list(self._scenario.horizon.labels)
        runs: list[list[int]] = []
        for place in sorted(labels.index(period) for period in periods):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        ends = [dict.fromkeys([labels[run[0]], labels[run[-1]]]) for run in runs]
        return ", ".join(" - ".join(month(p, self._language) for p in end) for end in ends)


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
