"""Two `scenario.toml` -> one: what both say, what one says, and what stands against each other."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from planner.exchange.merge.conflict_rules import (
    BOTH,
    NEWER,
    SCENARIO,
    A,
    B,
    ConflictRules,
    newer_scenario,
)
from planner.exchange.merge.differences import setting_text
from planner.exchange.merge.written_scenario import WrittenScenario, iterate_settings
from planner.formats.raw_scenario import SETTINGS_FILE

_TITLES = {"scenario.title.id", "scenario.title.en"}
_JOINABLE = {*_TITLES, "package.contact"}
_NOTES = "limits.notes"
JOINED = "joined"


def merge_two_settings(
    a: WrittenScenario, b: WrittenScenario, rules: ConflictRules, renamed: Mapping[str, str]
) -> tuple[dict[str, Any], list[dict[str, object]]]:
    """Lay the settings of two scenarios together.

    What one leaves out is what it stands for. Titles are joined unless a rule of `scenario` decides; the
    sentences of `limits` add up; a writer's words stand where only one has any.

    Parameters
    ----------
    a, b
        The two scenarios.
    rules
        Who wins.
    renamed
        Sources of `b` that have another name now.

    Returns
    -------
    The settings; and a line for each conflict.
    """
    meant = [dict(iterate_settings(side.meant.model_dump(mode="json"))) for side in (a, b)]
    written = [dict(iterate_settings(side.settings)) for side in (a, b)]
    result, lines = copy.deepcopy(a.settings), []
    for key in dict.fromkeys([*meant[0], *meant[1]]):
        old, new = (of.get(key) for of in meant)
        if old == new:
            continue
        if key.startswith("brief.") and not (old and new):
            taken, rule = A if old else B, ""
        elif key == _NOTES:
            taken, rule = BOTH, ""
        else:
            taken, rule = _decided(key, (a, b), rules)
            lines.append(_line(key, (a, b), (old, new), (taken, rule)))
        own, other = (of.get(key) for of in written)
        if taken in {B, BOTH}:
            other = _renamed(key, other, renamed)
            _put(result, key, other if taken == B else _both(key, own, other))
    return result, lines


def _decided(
    key: str, sides: tuple[WrittenScenario, WrittenScenario], rules: ConflictRules
) -> tuple[str, str]:
    """Return who wins, and by which rule."""
    if key in _TITLES and SCENARIO not in rules.tables:
        return BOTH, JOINED
    for rule in rules.of(SCENARIO):
        won = newer_scenario(sides) if rule == NEWER else 0
        if rule in {A, B} or won:
            return rule if rule in {A, B} else A if won > 0 else B, rule
        lists = isinstance(_value(sides[0], key), list | tuple)
        if rule == BOTH and (lists or key in _JOINABLE):
            return BOTH, rule
    return "", ""


def _value(side: WrittenScenario, key: str) -> Any:
    return dict(iterate_settings(side.meant.model_dump()))[key]


def _both(key: str, own: Any, other: Any) -> Any:
    """Return a list of both, a text of both; no commodities named are all."""
    if key in _JOINABLE:
        return f"{own} + {other}"
    if key == "scope.commodities" and not (own and other):
        return []
    return [*(own or []), *(one for one in other or [] if one not in (own or []))]


def _renamed(key: str, value: Any, renamed: Mapping[str, str]) -> Any:
    if key != "adjust" or not value:
        return value
    return [{**one, "source": renamed.get(one["source"], one["source"])} for one in value]


def _put(settings: dict[str, Any], key: str, value: Any) -> None:
    """Set a key, or take it away where it was left out."""
    *above, name = key.split(".")
    for part in above:
        settings = settings.setdefault(part, {})
    if value is None:
        settings.pop(name, None)
    else:
        settings[name] = value


def _line(
    key: str,
    sides: tuple[WrittenScenario, WrittenScenario],
    values: tuple[Any, Any],
    decided: tuple[str, str],
) -> dict[str, object]:
    (a, b), (old, new) = sides, values
    files = {f"file_{name}": f"{side.name}/{SETTINGS_FILE}" for name, side in ((A, a), (B, b))}
    told = {"a": setting_text(old), "b": setting_text(new), "taken": decided[0], "rule": decided[1]}
    blank = {"column": "", "source_a": "", "source_b": "", "line_a": 0, "line_b": 0}
    return {"table": SETTINGS_FILE, "key": key, **blank, **files, **told}
