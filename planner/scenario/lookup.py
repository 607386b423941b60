"""The code of what somebody calls by its code, its name or a short name."""

from __future__ import annotations

from planner.errors import OptionError
from planner.formats.hints import CALLED, hint_of_code, hint_of_period, initials
from planner.given import require_code
from planner.scenario.scenario import Scenario
from planner.schema.synonyms import find_province

_UNKNOWN = {
    "provinces": "ask.unknown_province",
    "commodities": "ask.unknown_commodity",
    "modes": "ask.unknown_mode",
}


def find_code(scenario: Scenario, table: str, asked: str) -> str:
    """Return the code of what somebody calls by its code, its ISO code, its name or a short name.

    Parameters
    ----------
    scenario
        The scenario.
    table
        `provinces`, `commodities` or `modes`.
    asked
        What was typed: "52", "ID-NB", "Nusa Tenggara Barat", "West Nusa Tenggara", "NTB", "Jatim".

    Raises
    ------
    OptionError
        If nothing, or more than one thing, is called so, or this is no text.
    """
    require_code(asked)
    frame = scenario.tables[table]
    codes = frame.iloc[:, 0]
    ways = [codes, *(frame[name] for name in CALLED if name in frame), initials(frame["name"])]
    names = [asked.strip(), find_province(asked)] if table == "provinces" else [asked.strip()]
    for name in filter(None, names):
        for called in ways:
            found = codes[called.str.casefold() == name.casefold()]
            if len(found) == 1:
                return str(found.iloc[0])
    hint = hint_of_code(asked, table, frame, of_row=False)
    raise OptionError(_UNKNOWN[table], asked=asked, hint=hint)


def find_period(scenario: Scenario, asked: str) -> str:
    """Return the period that is asked for.

    Raises
    ------
    OptionError
        If it is none of the horizon, or no text.
    """
    require_code(asked)
    labels = scenario.horizon.labels
    if asked not in labels:
        raise OptionError("ask.unknown_period", asked=asked, hint=hint_of_period(asked, labels))
    return asked
