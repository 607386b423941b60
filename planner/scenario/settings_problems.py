"""What pydantic finds in `scenario.toml`, in our words and with the line where the key stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.errors import Problem
from planner.scenario.adjust import Entry
from planner.scenario.names import nearest
from planner.scenario.settings import Settings

_KEYS = {
    "missing": "setting_missing",
    "extra_forbidden": "setting_unknown",
    "literal_error": "not_a_choice",
    "setting_start": "setting_start",
    "adjust_change": "adjust_change",
    "stages_order": "stages_order",
    "string_type": "setting_text",
    "int_type": "setting_number",
    "float_type": "setting_number",
    "date_type": "setting_date",
    "greater_than_equal": "too_low",
    "less_than_equal": "too_high",
}


def setting_problems(
    error: ValidationError, files: Sequence[Path], counts: Sequence[int]
) -> list[Problem]:
    """Give one problem for each key that is wrong.

    Parameters
    ----------
    error
        What pydantic found in the merged settings.
    files
        Each `scenario.toml`, that of the lowest base first.
    counts
        Number of `[[adjust]]` entries in each.
    """
    problems: dict[str, Problem] = {}
    for found in error.errors():
        trail, own = _trail(found["loc"]), files
        if trail[0] == "adjust" and len(trail) > 1:
            entry = entries(files, counts)[int(trail[1])]
            trail[1], own = str(entry.number - 1), [Path(entry.file)]
        problem = _problem(dict(found), trail, own)
        problems.setdefault(".".join(_trail(found["loc"])), problem)
    return list(problems.values())


def entries(files: Sequence[Path], counts: Sequence[int]) -> list[Entry]:
    """Say where each `[[adjust]]` stands.

    Parameters
    ----------
    files
        Each `scenario.toml`, that of the lowest base first.
    counts
        Number of entries in each.
    """
    return [
        Entry(str(file), line_of(file, ["adjust", str(i)]), i + 1, inherited=file is not files[-1])
        for file, count in zip(files, counts, strict=True)
        for i in range(count)
    ]


def line_of(file: Path, trail: Sequence[str]) -> int:
    """Find the line of a key, or else of the table that holds it; 0 where neither is in the file.

    Parameters
    ----------
    file
        A `scenario.toml`.
    trail
        The way to the key, such as ``["adjust", "2", "where"]``.
    """
    lines = file.read_text(encoding="utf-8-sig").splitlines()
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


def place_of(trail: Sequence[str], files: Sequence[Path]) -> tuple[str, int]:
    """Find the topmost file that has the key."""
    for file in reversed(files):
        if trail and (line := line_of(file, trail)):
            return str(file), line
    return str(files[-1]), 0


def _trail(place: tuple[int | str, ...]) -> list[str]:
    """Give the way to a key; what follows the name of a condition is pydantic's own."""
    trail = [str(part) for part in place]
    return trail[:4] if trail[0] == "adjust" and trail[2:3] == ["where"] else trail


def _problem(found: Mapping[str, Any], trail: list[str], files: Sequence[Path]) -> Problem:
    key = _KEYS.get(found["type"], "setting_wrong")
    values: dict[str, object] = {"value": str(found["input"])[:40], "detail": found["msg"]}
    values |= found.get("ctx", {})
    if key == "setting_unknown":
        values["nearest"] = nearest(trail[-1], _known_keys(trail[:-1]))
    elif key == "not_a_choice":
        known = re.findall(r"'([^']*)'", found["ctx"]["expected"])
        values |= {"nearest": nearest(str(found["input"]), known), "known": ", ".join(known)}
    elif key in {"too_low", "too_high"}:
        values["bound"] = found["ctx"].get("ge", found["ctx"].get("le"))
    file, line = place_of(trail[:-1] if key == "setting_missing" else trail, files)
    column = ".".join(trail) if trail[0] != "adjust" else f"adjust {int(trail[1]) + 1}"
    return Problem(key, file, line, column, values)


def _known_keys(trail: list[str]) -> list[str]:
    schema = Settings.model_json_schema()
    node = schema
    for part in trail:
        if not part.isdigit():
            node = node["properties"][part]
        node = node.get("items", node)
        node = schema["$defs"][node["$ref"].split("/")[-1]] if "$ref" in node else node
    return list(node["properties"])
