"""How a value is written, by the name of its style."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from planner.i18n import (
    bare_money,
    date,
    figure,
    money,
    money_per_kg,
    month,
    number,
    percent,
    signed,
    tonnes,
)
from planner.reports.changes import points, tonnes_by


class Style(NamedTuple):
    """How a value is written, and the unit it is in."""

    unit: str
    write: Callable[[Any, str], str]


def _begun_small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _share(value: float, language: str) -> str:
    """Write a share with as many decimals as it takes to tell it from nothing and from all."""
    whole = {percent(end, language, digits) for end in (0, 1) for digits in (1, 2, 3)}
    written = percent(value, language, 1)
    for digits in (2, 3):
        if value not in {0, 1} and written in whole:
            written = percent(value, language, digits)
    return percent(value, language) if value in {0, 1} else written


STYLES: dict[str, Style] = {
    "text": Style("", lambda value, _: " ".join(str(value).split())),
    "good": Style("", lambda value, _: _begun_small(" ".join(str(value).split()))),
    "month": Style("", month),
    "date": Style("", lambda value, language: date(pd.Timestamp(value).date(), language)),
    "count": Style("1", number),
    "share": Style("1", _share),
    "share_change": Style("1", lambda share, language: signed(_share(abs(share), language), share)),
    "share_by": Style("1", lambda share, language: points(abs(share), language)),
    "factor": Style("1", figure),
    "publisher": Style("", lambda value, _: str(value).split(" (")[0].split(";")[0]),
    "proof": Style("t", lambda value, language: number(value, language, 3)),
    "tonnes": Style("t", tonnes),
    "tonnes_by": Style("t", lambda t, language: tonnes_by(abs(t), language)),
    "tonnes_change": Style("t", lambda t, language: signed(tonnes(abs(t), language), t)),
    "bare_tonnes": Style("t", number),
    "bare_change": Style("t", lambda t, language: signed(number(abs(t), language), t)),
    "rupiah": Style("IDR", money),
    "rupiah_by": Style("IDR", lambda idr, language: money(abs(idr), language)),
    "rupiah_change": Style("IDR", lambda idr, language: signed(money(abs(idr), language), idr)),
    "per_kg": Style("IDR/t", lambda idr, language: money_per_kg(idr / 1000, language)),
    "idr_per_kg": Style("IDR/kg", money_per_kg),
    "bare_per_kg": Style("IDR/t", lambda idr, language: bare_money(idr / 1000, language)),
}
"""`bare`: without its unit, which stands in the head of the table or in the sentence."""
