"""What pydantic finds in `scenario.toml`, in our words and with the line where the key stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from planner.errors import Problem
from planner.formats.hints import Choices, hint, hint_of_choice
from planner.formats.raw_scenario import Folder, unseen_values
from planner.i18n.visible_text import UNWANTED
from planner.scenario.adjust import Entry
from planner.schema.settings import Settings

_KEYS = {
    "missing": "setting_missing",
    "extra_forbidden": "setting_unknown",
    "literal_error": "not_a_choice",
    "setting_start": "setting_start",
    "adjust_change": "adjust_change",
    "stages_order": "stages_order",
    "string_type": "setting_text",
    "list_type": "setting_text",  # only a condition may be a list too, and it is told as the text it can be
    "int_type": "setting_number",
    "float_type": "setting_number",
    "finite_number": "setting_number",
    "tuple_type": "setting_list",
    "too_long": "setting_too_many",
    "model_type": "setting_table",
    "model_attributes_type": "setting_table",
    "dict_type": "setting_table",
    "date_type": "setting_date",
    "greater_than_equal": "too_low",
    "less_than_equal": "too_high",
}


_SHAPES = {"model_type", "model_attributes_type", "dict_type", "tuple_type"}
"""Errors of pydantic that say that something is no table or no list at all."""


def setting_problems(error: ValidationError, folders: Sequence[Folder]) -> list[Problem]:
    """Return one problem for each key that is wrong.

    Parameters
    ----------
    error
        What pydantic found in the merged settings.
    folders
        The scenario and those it extends, the lowest base first.
    """
    below = wrong_below(folders)
    told = {(problem.file, problem.line, problem.column) for problem in below}
    problems: dict[str, Problem] = {}
    for found in error.errors():
        trail, own = _trail(found["loc"]), folders
        if trail[0] == "adjust" and any(problem.column == "adjust" for problem in below):
            continue  # which entries there are is not known before that is mended
        if trail[0] == "adjust" and len(trail) > 1:
            entry = entries(folders)[int(trail[1])]
            trail[1] = str(entry.number - 1)
            own = [folder for folder in folders if folder.settings_file == entry.file]
        problem = _problem(dict(found), trail, own)
        if (problem.file, problem.line, problem.column) not in told:
            problems.setdefault(".".join(_trail(found["loc"])), problem)
    return list(problems.values())


def wrong_below(folders: Sequence[Folder]) -> list[Problem]:
    """Return what is wrong in the settings of the bases by themselves, also where a later one covers it.

    Parameters
    ----------
    folders
        The scenario and those it extends, the lowest base first.
    """
    found: list[Problem] = []
    for folder in folders[:-1]:
        try:
            Settings.model_validate(folder.settings or {})
        except ValidationError as error:
            wrong = [one for one in error.errors() if one["type"] in _SHAPES]
            found += [_problem(dict(one), _trail(one["loc"]), [folder]) for one in wrong]
    return found


def unseen_settings(settings: Mapping[str, Any], folders: Sequence[Folder]) -> Iterator[Problem]:
    """Find texts of `scenario.toml` with letters that nobody sees."""
    for trail, value in _texts(settings, []):
        if UNWANTED.search(value):
            file, line = place_of_key(trail, folders)
            yield Problem("text_unseen", file, line, ".".join(trail), unseen_values(value))


def _texts(node: object, trail: list[str]) -> Iterator[tuple[list[str], str]]:
    """Yield each text of nested mappings and lists with the way to it."""
    if isinstance(node, str):
        yield trail, node
    parts = (
        node.items()
        if isinstance(node, Mapping)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for name, part in parts:
        yield from _texts(part, [*trail, str(name)])


def entries(folders: Sequence[Folder]) -> list[Entry]:
    """Return where each `[[adjust]]` stands; the lowest base comes first."""
    return [
        Entry(folder.settings_file, line, i + 1, inherited=folder is not folders[-1])
        for folder in folders
        for i, line in enumerate(_lines_of_adjusts(folder))
    ]


def _lines_of_adjusts(folder: Folder) -> list[int]:
    """Find the line of each `[[adjust]]`; where they stand in one list, that of the list."""
    lines = enumerate(folder.text.splitlines(), start=1)
    heads = [n for n, line in lines if re.match(r"\s*\[+\s*adjust\b", line)]
    if len(heads) < folder.adjustments:
        return [line_of_key(folder, ["adjust"])] * folder.adjustments
    return heads[: folder.adjustments]


def line_of_key(folder: Folder, trail: Sequence[str]) -> int:
    """Find the line of a key, or else of the table that holds it; 0 where neither is there.

    Parameters
    ----------
    folder
        Whose `scenario.toml` to look into.
    trail
        The way to the key, such as ``["adjust", "2", "where"]``.
    """
    lines = folder.text.splitlines()
    heads = [i for i, line in enumerate(lines) if re.match(r"\s*\[+[\w\s.]+\]", line)]
    number = int(trail[1]) if trail[1:] and trail[1].isdigit() else 0
    own = [i for i in heads if re.match(rf"\s*\[+\s*{re.escape(trail[0])}\b", lines[i])]
    start = own[number] if number < len(own) else None
    first = 0 if start is None else start
    last = next((i for i in heads if start is not None and i > start), len(lines))
    for name in reversed([part for part in trail if not part.isdigit()]):
        pattern = re.compile(rf"(^|[\s{{,.]){re.escape(name)}\"?\s*=")
        for i in range(first, last):
            if pattern.search(lines[i]):
                return i + 1
    return 0 if start is None else start + 1


def place_of_key(trail: Sequence[str], folders: Sequence[Folder]) -> tuple[str, int]:
    """Find file and line of a key in the topmost `scenario.toml` that has it."""
    for folder in reversed(folders):
        if trail and (line := line_of_key(folder, trail)):
            return folder.settings_file, line
    return folders[-1].settings_file, 0


def _trail(place: tuple[int | str, ...]) -> list[str]:
    """Return the way to a key; what follows the name of a condition is pydantic's own."""
    trail = [str(part) for part in place]
    return trail[:4] if trail[0] == "adjust" and trail[2:3] == ["where"] else trail


def _problem(found: Mapping[str, Any], trail: list[str], folders: Sequence[Folder]) -> Problem:
    key = _KEYS.get(found["type"], "setting_wrong")
    values: dict[str, object] = {"value": str(found["input"])[:40], "detail": found["msg"]}
    values |= found.get("ctx", {})
    if key == "setting_unknown":
        values["hint"] = hint(trail[-1], _known_keys(trail[:-1]))
    elif key == "not_a_choice":
        known = re.findall(r"'([^']*)'", found["ctx"]["expected"])
        meant = hint_of_choice(str(found["input"]), known, _name(trail))
        values |= {"hint": meant, "known": Choices(choices=tuple(known), where=_name(trail))}
    elif key in {"too_low", "too_high"}:
        values["bound"] = f"{found['ctx'].get('ge', found['ctx'].get('le')):g}"
        if trail[0] == "policy" and key == "too_high":
            key = "setting_share"
    elif key == "setting_list" and trail == ["adjust"]:
        key = "adjust_list"
    elif key == "setting_list":
        parts = ", ".join(f'"{part.strip()}"' for part in str(found["input"]).split(","))
        values["proposal"] = f"[{parts}]"
    elif key == "setting_start":  # pydantic checks it with the length, and names the table of both
        trail = [*trail, "start"]
    file, line = place_of_key(trail[:-1] if key == "setting_missing" else trail, folders)
    listed = trail[0] == "adjust" and len(trail) > 1
    column = f"adjust {int(trail[1]) + 1}" if listed else ".".join(trail)
    return Problem(key, file, line, column, values)


def _name(trail: list[str]) -> str:
    """Return the key itself, where a place in its list is meant."""
    return next(part for part in reversed(trail) if not part.isdigit())


def _known_keys(trail: list[str]) -> list[str]:
    schema = Settings.model_json_schema()
    node = schema
    for part in trail:
        if not part.isdigit():
            node = node["properties"][part]
        node = node.get("items", node)
        node = schema["$defs"][node["$ref"].split("/")[-1]] if "$ref" in node else node
    return list(node["properties"])
