"""The proof of a balance: each identity worked out from the published figures, beside what was published.

difference = published - computed
slack      = what rounding alone can explain: half a unit of the last digit of every figure that takes part
closes     : |difference| is nothing;  rounding : |difference| <= slack;  breaks : |difference| > slack

The identities stand on top of `planner.exchange.proof.items`.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.errors import InputError, Problem
from planner.exchange.proof.items import INFLOWS, OUTFLOWS
from planner.exchange.proof.published import Figure, Published, read_published

YEARS = (365.0, 366.0, 365.25, 360.0)
"""Days of a year as offices count them; the last is twelve months of thirty days."""
_NOTHING = 1e-6
_TOTALS = {"total", "jumlah", "indonesia", "nasional", "national"}
_COLUMNS = [
    "balance", "identity", "published", "computed", "difference", "slack", "verdict", "twin", "line",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sum:
    """A computed value and what rounding may have moved it."""

    value: float
    slack: float

    @classmethod
    def of(cls, plus: Sequence[Figure], minus: Sequence[Figure] = ()) -> _Sum:
        value = sum(f.value for f in plus) - sum(f.value for f in minus)
        return cls(value, sum(f.half for f in (*plus, *minus)))


def prove(path: str | Path) -> pd.DataFrame:
    """Prove a table of published balances.

    Parameters
    ----------
    path
        CSV; see `read_published`.

    Returns
    -------
    One row for each identity that can be tested: `balance`, `identity`, `published`, `computed`,
    `difference` and `slack` in tonnes (days for `days_of_cover`), `verdict` (closes, rounding, breaks),
    `twin`: another line of the balance with just the published figure, and `line` of the file.

    Raises
    ------
    InputError
        If the table cannot be read, or holds nothing that can be proven.
    """
    balances = read_published(path)
    rows = [row for balance in balances for row in _within(balance)]
    rows += [*_passed_on(balances), *_totals(balances)]
    if not rows:
        raise InputError([Problem("proof_too_little", str(path))])
    return pd.DataFrame(rows, columns=_COLUMNS)


def _within(balance: Published) -> Iterator[tuple[object, ...]]:
    """Test the identities inside one balance."""
    figures = balance.figures
    inflows = [figures[item] for item in INFLOWS if item in figures]
    outflows = [figures[item] for item in OUTFLOWS if item in figures]
    available = figures.get("available")
    if available and inflows:
        yield _row(balance, "available", available, _Sum.of(inflows))
    closing = figures.get("closing", figures.get("surplus"))
    base = [available] if available else inflows
    if closing and base and outflows:
        short = [figures["shortage"]] if "shortage" in figures and "closing" in figures else []
        yield _row(balance, "closing", closing, _Sum.of([*base, *short], outflows))
    need, cover, daily = (figures.get(item) for item in ("need", "days_of_cover", "daily_need"))
    days = _days(balance.label)
    if need and need.value > 0 and cover and closing:
        yield _best(balance, "days_of_cover", cover, [_ratio(closing, need, d) for d in days])
    if need and daily:
        parts = [_Sum(need.value / d, need.half / d) for d in days]
        yield _best(balance, "daily_need", daily, parts)


def _ratio(closing: Figure, need: Figure, days: float) -> _Sum:
    """Give the days of cover; rounding of a quotient, to first order."""
    cover = closing.value / need.value * days
    slack = (closing.half + abs(closing.value / need.value) * need.half) / need.value * days
    return _Sum(cover, slack)


def _days(label: Sequence[str]) -> tuple[float, ...]:
    """Give the days that the period of a balance may be counted with, the likeliest first."""
    month = next(filter(None, (re.fullmatch(r"(\d{4})-(\d{2})", part) for part in label)), None)
    if month and 1 <= int(month[2]) <= 12:
        days = calendar.monthrange(int(month[1]), int(month[2]))[1]
        return (float(days), *(year / 12 for year in YEARS))
    return YEARS


def _passed_on(balances: Sequence[Published]) -> Iterator[tuple[object, ...]]:
    """Test that what one period leaves is what the next one starts with."""
    by_label = {balance.label: balance for balance in balances}
    for balance in balances:
        after = by_label.get(tuple(_next_period(part) for part in balance.label))
        closing = balance.figures.get("closing")
        opening = after.figures.get("opening_stock") if after else None
        if after and after is not balance and closing and opening:
            yield _row(after, "stock_passed_on", opening, _Sum.of([closing]))


def _next_period(part: str) -> str:
    """Give the year or month after; what is no period stays."""
    if re.fullmatch(r"\d{4}", part):
        return str(int(part) + 1)
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", part):
        return str(pd.Period(part, freq="M") + 1)
    return part


def _totals(balances: Sequence[Published]) -> Iterator[tuple[object, ...]]:
    """Test that a total is the sum of the balances beside it."""
    for total in balances:
        for at in [at for at, part in enumerate(total.label) if part.lower() in _TOTALS]:
            parts = [b for b in balances if b is not total and _part_of(b.label, total.label, at)]
            for item, figure in total.figures.items():
                summed = [part.figures[item] for part in parts if item in part.figures]
                if summed and len(summed) == len(parts) and item != "days_of_cover":
                    yield _row(total, f"total:{item}", figure, _Sum.of(summed))


def _part_of(label: Sequence[str], total: Sequence[str], at: int) -> bool:
    pairs = enumerate(zip(label, total, strict=True))
    return label[at].lower() not in _TOTALS and all(a == b for i, (a, b) in pairs if i != at)


def _best(
    balance: Published, identity: str, figure: Figure, ways: Sequence[_Sum]
) -> tuple[object, ...]:
    """Test an identity that may be counted in several ways; the first counts where none closes."""
    rows = [_row(balance, identity, figure, way) for way in ways]
    return next((row for row in rows if row[_COLUMNS.index("verdict")] != "breaks"), rows[0])


def _row(balance: Published, identity: str, figure: Figure, computed: _Sum) -> tuple[object, ...]:
    difference, slack = figure.value - computed.value, figure.half + computed.slack
    size = max(abs(figure.value), abs(computed.value), 1.0)
    closed = abs(difference) <= _NOTHING * size * _NOTHING
    within = abs(difference) <= slack * (1 + _NOTHING)
    verdict = "closes" if closed else "rounding" if within else "breaks"
    twin = "" if verdict != "breaks" else _twin(balance.figures, figure)
    label = ", ".join(balance.label)
    numbers = (figure.value, computed.value, difference, slack)
    return (label, identity, *numbers, verdict, twin, figure.line)


def _twin(figures: Mapping[str, Figure], figure: Figure) -> str:
    """Name another line with the same figure: it may have been copied there."""
    same = (item for item, other in figures.items() if _same(other, figure))
    return next(itertools.chain(same, [""]))


def _same(other: Figure, figure: Figure) -> bool:
    return other is not figure and other.value == figure.value
