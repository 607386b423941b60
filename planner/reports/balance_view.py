"""The balance as a table for reading: provinces down, commodities across."""

from __future__ import annotations

from rich.table import Table

from planner.i18n import month, number, text
from planner.market.balance import Balance
from planner.scenario import Scenario

LEAST_THOUSANDS = 10_000
"""Tonnes from which the largest figure of a balance is told in thousands."""


def balance_view(scenario: Scenario, balance: Balance, language: str) -> Table:
    """Tabulate surplus (+) and shortage (-) over the whole horizon, in thousand tonnes; a small balance in tonnes."""
    totals = balance.totals()
    net = totals["surplus"] - totals["shortage"]
    scale = 1000 if net.abs().max() >= LEAST_THOUSANDS else 1
    net /= scale
    wide = (
        net.groupby([totals["province"], totals["commodity"]], sort=False).sum().unstack(sort=False)
    )
    names = scenario.names("provinces", language)
    view = Table(
        title=_title(balance, scale, language), title_justify="left", box=None, pad_edge=False
    )
    view.add_column("", no_wrap=True)
    for commodity in balance.commodities:
        view.add_column(scenario.names("commodities", language)[commodity], justify="right")
    for province, row in wide.iterrows():
        view.add_row(names[str(province)], *(_signed(value, language) for value in row))
    left = totals["opening_stock"] + totals["production"] + totals["imported"] - totals["need"]
    left /= scale
    nation = left.groupby(totals["commodity"], sort=False).sum()
    view.add_section()
    view.add_row(text("command.nation", language), *(_signed(value, language) for value in nation))
    return view


def balance_notes(scenario: Scenario, language: str) -> list[str]:
    """Write what the balance counts, and that forms and grades do not add up without being processed."""
    notes = [text("command.balance_note", language)]
    recipes = scenario.tables["recipes"][["input", "output"]].drop_duplicates()
    if len(recipes):
        name = {k: v.lower() for k, v in scenario.names("commodities", language).items()}
        pairs = [f"{name[source]} > {name[product]}" for source, product in recipes.to_numpy()]
        notes.append(text("command.balance_recipes", language, pairs=", ".join(pairs)))
    return notes


def _title(balance: Balance, scale: int, language: str) -> str:
    first, last = balance.periods[0], balance.periods[-1]
    key = "balance_title" if scale > 1 else "balance_title_tonnes"
    return text(
        f"command.{key}", language, first=month(first, language), last=month(last, language)
    )


def _signed(value: float, language: str) -> str:
    return f"{'+' if value > 0.05 else ''}{number(value, language, 1)}"
