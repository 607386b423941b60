"""Checks what a caller hands to a chart, so that a misspelt word is refused and draws no empty page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pandas as pd

from planner.charts.style import SIZES
from planner.errors import OptionError
from planner.formats.hints import hint
from planner.i18n import LANGUAGES

_PLACES = ("origin", "destination", "focus")


def check(
    chart: str, function: Callable[..., Any], rows: pd.DataFrame, options: Mapping[str, Any]
) -> None:
    """Check the arguments of a chart.

    Parameters
    ----------
    chart
        Its name.
    function
        The public function, whose signature tells what there is.
    rows
        The table it is drawn from.
    options
        What the caller gave by name.

    Raises
    ------
    TypeError
        If an argument is not known, or one is missing.
    OptionError
        If a size, language, choice, commodity or province is not known.
    """
    inspect.signature(function).bind(rows, **options)
    known: dict[str, Collection[str]] = {"size": tuple(SIZES), "language": LANGUAGES}
    known |= _choices(function)
    goods, places = options.get("commodities"), options.get("provinces")
    if goods is not None:
        known["commodity"] = {str(code) for code in [*goods["commodity"], *rows["commodity"]]}
    if places is not None:
        codes = {str(code) for code in places["province"]}
        known |= dict.fromkeys(_PLACES, codes)
    for argument in known.keys() & options.keys():
        value = options[argument]
        for asked in [value] if isinstance(value, str) else value or ():
            if asked and asked not in known[argument]:
                meant = hint(asked, known[argument])
                values = {"chart": chart, "argument": argument, "asked": asked, "hint": meant}
                raise OptionError("ask.chart.unknown_argument", **values)


def one_period(balance: pd.DataFrame, commodity: str, chart: str) -> pd.DataFrame:
    """Return the rows of a commodity in a balance of the whole horizon or of one period.

    Raises
    ------
    OptionError
        If they are of several periods: the surplus of one holds what the one before left.
    """
    rows = balance.loc[balance["commodity"] == commodity]
    if "period" in rows and rows["period"].nunique() > 1:
        raise OptionError("ask.chart.several_periods", chart=chart)
    return rows


@cache
def _choices(function: Callable[..., Any]) -> dict[str, Collection[str]]:
    """Return the words that an argument may be, of those that are one of a few words."""
    hints = get_type_hints(inspect.unwrap(function))
    return {name: get_args(kind) for name, kind in hints.items() if get_origin(kind) is Literal}
