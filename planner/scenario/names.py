"""What people call things: the code that is meant, or the nearest known name for "did you mean"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.errors import OptionError

if TYPE_CHECKING:
    import pandas as pd

    from planner.scenario.scenario import Scenario

_UNKNOWN = {
    "provinces": "ask.unknown_province",
    "commodities": "ask.unknown_commodity",
    "modes": "ask.unknown_mode",
}
_CALLED = ("iso", "name", "name_en")


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name most like `name`, or a dash where there is none at all.

    Upper and lower case count as the same. The same letters in another order go first: `=>` is `>=`.
    """
    by_lower = {candidate.lower(): candidate for candidate in known}
    swapped = [word for word in by_lower if sorted(word) == sorted(name.lower())]
    matches = swapped or difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.0)
    return by_lower[matches[0]] if matches else "-"


def code_of(scenario: Scenario, table: str, asked: str) -> str:
    """Give the code of what somebody calls by its code, its ISO code, its name or its initials.

    Parameters
    ----------
    scenario
        The scenario.
    table
        `provinces`, `commodities` or `modes`.
    asked
        What was typed: "52", "ID-NB", "Nusa Tenggara Barat", "West Nusa Tenggara" or "NTB".

    Raises
    ------
    OptionError
        If nothing, or more than one thing, is called so.
    """
    frame = scenario.tables[table]
    codes = frame.iloc[:, 0]
    ways = [codes, *(frame[name] for name in _CALLED if name in frame), _initials(frame["name"])]
    for called in ways:
        found = codes[called.str.casefold() == asked.strip().casefold()]
        if len(found) == 1:
            return str(found.iloc[0])
    hint = nearest(asked, [*codes, *frame["name"]])
    raise OptionError(_UNKNOWN[table], asked=asked, nearest=hint, known=", ".join(codes))


def period_of(scenario: Scenario, asked: str) -> str:
    """Give the period that is asked for.

    Raises
    ------
    OptionError
        If it is none of the horizon.
    """
    labels = scenario.horizon.labels
    if asked not in labels:
        near = nearest(asked, labels)
        raise OptionError("ask.unknown_period", asked=asked, nearest=near)
    return asked


def _initials(names: pd.Series[str]) -> pd.Series[str]:
    return names.str.findall(r"\b\w").str.join("")
