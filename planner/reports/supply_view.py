"""Who supplies one province, as a table for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from rich.table import Table

from planner.i18n import bare_money, number, percent, text, tonnes
from planner.scenario import Scenario

_MONEY = {
    "bought": ["purchase_idr", "import_idr"],
    "processing": ["processing_idr"],
    "freight": ["freight_idr"],
    "handling": ["handling_idr"],
    "holding": ["holding_idr"],
}


def supply_view(
    scenario: Scenario, supply: pd.DataFrame, destination: str, commodity: str, language: str
) -> Table:
    """Tabulate where a province's food comes from, largest first, and what a kilogram costs by part.

    Parameters
    ----------
    scenario
        Gives the names.
    supply
        The table of supply paths.
    destination
        Code of the province.
    commodity
        Code of the only commodity to show; all if blank.
    language
        ``"id"`` or ``"en"``.
    """
    words = _Words(scenario, language)
    rows = supply.loc[(supply["use"] == "need") & (supply["destination"] == destination)]
    view = Table(title=words.title(destination), title_justify="left", box=None, pad_edge=False)
    for key in ("from", "way"):
        view.add_column(words.say(key))
    for key in ("tonnes", "share", *_MONEY, "sum"):
        view.add_column(words.say(key), justify="right", no_wrap=True)
    for code in [commodity] if commodity else scenario.commodities:
        goods = rows.loc[rows["commodity"] == code].sort_values(
            ["tonnes", "path", "source"], ascending=[False, True, True]
        )
        view.add_section()
        view.add_row(f"[bold]{words.good(code)}[/bold]", "", words.total(goods))
        for row in goods.to_dict("records"):
            view.add_row(*words.row(row, float(goods["tonnes"].sum())))
    return view


class _Words:
    """Cells of the view in one language."""

    def __init__(self, scenario: Scenario, language: str) -> None:
        language = scenario.locale(language)
        self._language = language
        self._names = {
            table: scenario.names(table, language)
            for table in ("provinces", "commodities", "modes")
        }

    def say(self, key: str, **values: object) -> str:
        return text(f"supply.view.{key}", self._language, **values)

    def title(self, destination: str) -> str:
        return self.say("title", province=self._names["provinces"][destination])

    def good(self, code: str) -> str:
        return self._names["commodities"][code]

    def total(self, goods: pd.DataFrame) -> str:
        return tonnes(float(goods["tonnes"].sum()), self._language)

    def row(self, row: Mapping[Any, Any], total: float) -> list[str]:
        per_kg = [
            sum(row[name] for name in names) / row["tonnes"] / 1000 for names in _MONEY.values()
        ]
        return [
            self._origin(row),
            self._way(row),
            number(row["tonnes"], self._language),
            percent(row["tonnes"] / total, self._language, 1),
            *(bare_money(idr, self._language) for idr in [*per_kg, sum(per_kg)]),
        ]

    def _origin(self, row: Mapping[Any, Any]) -> str:
        name = self._names["provinces"][row["origin"]]
        return name if row["source"] == "production" else f"{name}, {self.say(row['source'])}"

    def _way(self, row: Mapping[Any, Any]) -> str:
        """Write the modes, with the provinces between them."""
        places, parts = str(row["path"]).split(">"), []
        for place, (way, end) in enumerate(
            zip(str(row["modes"]).split(">"), places[1:], strict=False)
        ):
            parts.append(self._mode(way))
            if end not in (places[place], places[-1]):
                parts.append(self._names["provinces"][end])
        return ", ".join(parts)

    def _mode(self, way: str) -> str:
        mode, _, service = way.partition("/")
        return f"{self._names['modes'].get(mode, mode).lower()} {service}".rstrip()
