"""Files of strangers: only files, no more of them than any table needs, and text that says what it seems to say.

Everything that is TOML or JSON and was not written by this house is read here: a number without end, brackets
without end or another shape than was asked for end in a problem with file and line, never in an error of Python.
"""

from __future__ import annotations

import json
import re
import stat
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.errors import InputError, Problem

MOST_BYTES = 50_000_000
"""Of a table: some thirty times the largest file of a national scenario."""
MOST_TEXT = 2_000_000
"""Bytes of facts and descriptions in JSON."""
MOST_TOML = 1_000_000
"""Bytes of settings and rules: hundreds of times those of a national scenario."""
_MOST_DEPTH = 30
_LONG_KEY = re.compile(r"(?:\.\s*[\w\"'-]+\s*){30}")
"""What `tomllib` needs the square of its length for."""
_LONG_NUMBER = re.compile(r"\d{400}")
_OPEN = "[{"


def exists(file: Path) -> bool:
    """Check whether there is a file or folder.

    Raises
    ------
    InputError
        If that cannot be found out.
    """
    try:
        return file.exists()
    except OSError as error:
        raise InputError([unreadable(file, error)]) from error


def read_bytes(file: Path, problems: list[Problem], most: int = MOST_BYTES) -> bytes | None:
    """Read a file; where that cannot be done, say why and give None.

    Parameters
    ----------
    file
        Where it should be.
    problems
        Receives why it cannot be read: it is no file, is too large, or may not be opened.
    most
        Bytes that it may have.
    """
    try:
        kind = file.stat()
        if not stat.S_ISREG(kind.st_mode):
            problems.append(Problem("no_file", str(file)))
            return None
        with file.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        problems.append(unreadable(file, error))
        return None
    if len(content) > most:
        problems.append(Problem("file_too_large", str(file), values={"most": most // 1_000_000}))
        return None
    return content


def leads_out(file: Path, folder: Path) -> bool:
    """Return whether a file is a link to somewhere outside its folder: a folder of strangers is read alone."""
    try:
        return file.is_symlink() and folder.resolve() not in file.resolve().parents
    except (OSError, RuntimeError):  # a link to itself
        return True


def unreadable(path: Path, error: OSError) -> Problem:
    """Return why a file or folder cannot be opened."""
    return Problem("unreadable", str(path), values={"detail": error.strerror or str(error)})


def read_toml(content: str, file: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """Return TOML as nested mappings, or None where it is none.

    Parameters
    ----------
    content
        The text.
    file
        Where it stands, for the problems.
    problems
        Receives why it cannot be read.
    """
    if long := _LONG_KEY.search(content):
        problems.append(Problem("too_deep", str(file), content.count("\n", 0, long.start()) + 1))
        return None
    found: list[Problem] = []
    settings = _read(content, file, found, tomllib.loads, "toml_syntax")
    problems += [_as_typed(problem, content) for problem in found]
    return settings


def _as_typed(problem: Problem, content: str) -> Problem:
    """Return what is wrong where TOML stumbles over a backslash of Windows, or over quotation marks of Word."""
    escapes = re.search(
        r"hex value|escape|Unescaped|character", str(problem.values.get("detail", ""))
    )
    line = "".join(content.splitlines()[problem.line - 1 : problem.line])
    if curly := re.search(r"=\s*\[?[^\"'#]*([“”„‟‘’«»])", line):
        return replace(problem, key="curly_quotes", values={"value": curly[1]})
    return replace(problem, key="backslash", values={}) if escapes and "\\" in line else problem


def read_json(content: str | bytes, file: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """Return JSON as nested mappings, or None where it is none.

    Parameters
    ----------
    content
        The text, or its bytes in UTF-8.
    file
        Where it stands, for the problems.
    problems
        Receives why it cannot be read.
    """
    try:
        written = content if isinstance(content, str) else content.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(Problem("json_syntax", str(file), values={"detail": str(error)}))
        return None
    return _read(written, file, problems, _json, "json_syntax")


def _json(content: str) -> Any:
    def refuse(name: str) -> None:
        raise ValueError(name)

    return json.loads(content, parse_constant=refuse)


def _read(
    content: str, file: Path, problems: list[Problem], parse: Callable[[str], Any], key: str
) -> dict[str, Any] | None:
    place = str(file)
    try:
        found = parse(content)
    except RecursionError:
        problems.append(Problem("too_deep", place, _deepest(content)))
        return None
    except ValueError as error:
        long = _LONG_NUMBER.search(content)
        if "integer string conversion" in str(error) and long:
            problems.append(Problem("long_number", place, content.count("\n", 0, long.start()) + 1))
        else:
            detail = {"detail": str(error).splitlines()[0] if str(error) else "-"}
            problems.append(Problem(key, place, _line(content, error), values=detail))
        return None
    if _depth(found) > _MOST_DEPTH:
        problems.append(Problem("too_deep", place, _deepest(content)))
        return None
    if not isinstance(found, dict):
        problems.append(Problem("not_a_table", place))
        return None
    return found


def _line(content: str, error: ValueError) -> int:
    """Find the line that an error of `tomllib` or `json` names; the last where it names the end."""
    found = re.search(r"line (\d+)", str(error))
    if found:
        return int(found[1])
    return content.count("\n") + 1 if content else 0


def _deepest(content: str) -> int:
    """Find the line with most brackets that open; those within texts count too."""
    opened = [sum(map(line.count, _OPEN)) for line in content.split("\n")]
    return opened.index(max(opened)) + 1


def _depth(found: object) -> int:
    """Count how deep lists and tables stand in each other, without recursion."""
    depth, level = 0, [found]
    while level and depth <= _MOST_DEPTH:
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        level, depth = inner, depth + 1
    return depth
