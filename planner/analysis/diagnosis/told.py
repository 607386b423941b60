"""A diagnosis in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from planner.analysis.diagnosis.cells import cells, figure
from planner.analysis.diagnosis.checks import Finding
from planner.analysis.diagnosis.diagnose import Diagnosis
from planner.analysis.diagnosis.lines import Line
from planner.language import month, number, text
from planner.scenario import Scenario


def told(
    scenario: Scenario, diagnosis: Diagnosis, language: str, without: Collection[str] = ()
) -> list[str]:
    """Say what is wrong and what to change.

    Parameters
    ----------
    scenario
        The input.
    diagnosis
        The answer.
    language
        ``"id"`` or ``"en"``.
    without
        Kinds of remedy that were ruled out.
    """
    words = _Words(scenario, language)
    if diagnosis.question == "nothing":
        return [words.say("nothing", title=scenario.title(language))]
    lines = [words.unmet(diagnosis.unmet)]
    if diagnosis.certain:
        lines.append(words.say("certain"))
        lines += [f"- {words.finding(finding)}" for finding in diagnosis.certain]
    if not diagnosis.enough:
        kinds = ", ".join(words.say(f"kind.{name}") for name in without)
        return [*lines, words.say("not_enough", kinds=kinds)]
    return [*lines, *words.remedies(diagnosis.lines), *words.other_ways(diagnosis.lines)]


class _Words:
    """Sentences about one scenario in one language."""

    def __init__(self, scenario: Scenario, language: str) -> None:
        self._scenario, self._language = scenario, language
        tables = ("provinces", "commodities", "modes", "ports")
        self._names = {table: scenario.names(table, language) for table in tables}

    def say(self, key: str, **values: object) -> str:
        return text(f"diagnosis.{key}", self._language, **values)

    def unmet(self, unmet: pd.DataFrame) -> str:
        goods = [
            self.say(
                "good",
                commodity=self._names["commodities"][commodity].lower(),
                amount=self._amount(rows["unmet_t"].sum(), "t"),
                provinces=self._places(rows["province"].unique()),
                periods=self._periods(rows["period"].unique()),
            )
            for commodity, rows in unmet.groupby("commodity", sort=False)
        ]
        return self.say("unmet", goods="; ".join(goods))

    def finding(self, finding: Finding) -> str:
        key = "never" if finding.kind == "late" and not finding.period else finding.kind
        return self.say(
            f"finding.{key}",
            commodity=self._names["commodities"].get(finding.commodity, ""),
            place=self._names["provinces"].get(finding.place, finding.place),
            period=month(finding.period, self._language),
            amount=self._amount(finding.tonnes, "t"),
        )

    def remedies(self, lines: Sequence[Line]) -> list[str]:
        head = "remedy" if len(lines) == 1 else "remedies"
        told = [self.say(head, count=len(lines))]
        for place, line in enumerate(lines, start=1):
            told.append(f"{place}. {self._line(line)}")
            told += [f"   {cell}" for cell in cells(self._scenario, line, self._language)]
        return told

    def other_ways(self, lines: Sequence[Line]) -> list[str]:
        """Offer to ask again without the hardest kind of remedy."""
        name = lines[-1].of.rank
        return [self.say("without", kind=self.say(f"kind.{name}"), name=name)]

    def _line(self, line: Line) -> str:
        old, new = line.changes[0].old, line.changes[0].new
        by_period = ", ".join(
            f"{month(change.period, self._language)} {self._amount(change.new - change.old, line.unit)}"
            for change in line.changes
        )
        amount = line.amount if line.of.falls else abs(new - old)
        return self.say(
            f"line.{line.kind}",
            **{column: self._name(column, code) for column, code in line.where.items()},
            amount=by_period if line.of.by_period else self._amount(amount, line.unit),
            periods=self._periods(line.periods),
            old=figure(old),
            new=figure(new),
        )

    def _name(self, column: str, code: str) -> str:
        return self._names.get(_TABLE_OF.get(column, ""), {}).get(code, code)

    def _amount(self, value: float, unit: str) -> str:
        decimals = 0 if value >= 10 or value == round(value) else 1
        return self.say(f"unit.{unit}", amount=number(value, self._language, decimals))

    def _places(self, codes: Sequence[str]) -> str:
        if len(codes) == 1:
            return self._name("province", codes[0])
        return self.say("provinces", count=len(codes))

    def _periods(self, periods: Sequence[str]) -> str:
        """Write runs of consecutive periods as from - to."""
        labels = list(self._scenario.horizon.labels)
        places = sorted(labels.index(period) for period in periods)
        runs: list[list[int]] = []
        for place in places:
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        ends = [dict.fromkeys([labels[run[0]], labels[run[-1]]]) for run in runs]
        return ", ".join(" - ".join(month(p, self._language) for p in end) for end in ends)


_TABLE_OF = {
    "origin": "provinces",
    "destination": "provinces",
    "province": "provinces",
    "commodity": "commodities",
    "mode": "modes",
    "port": "ports",
}
