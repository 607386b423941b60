"""The rule file of `planner merge`: who wins where two scenarios say different things.

```toml
prefer = ["owner", "newer", "confidence"]     # tried in this order

[owner]                                       # who knows a province: a, b, or their file names
"32" = "a"
"52" = "b"

[tables]                                      # another order for one table; scenario is scenario.toml
modes = ["a"]
sources = ["both"]
```

A rule that does not decide leaves it to the next. What no rule decides stays a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.arrays import Integers
from planner.errors import InputError, Problem
from planner.exchange.merge.row_matching import to_numbers
from planner.exchange.merge.written_scenario import WrittenScenario
from planner.formats.csv_records import read_text
from planner.formats.hints import hint, hint_of_code
from planner.formats.safe_file import MOST_TOML, read_toml
from planner.schema.columns import Table
from planner.schema.tables import SOURCE, TABLES

A, B, BOTH = "a", "b", "both"
OWNER, NEWER, CONFIDENCE = "owner", "newer", "confidence"
SCENARIO = "scenario"
RULES = (OWNER, NEWER, CONFIDENCE, A, B, BOTH)
type _Placed = tuple[str, str, Problem]
"""Section and key of a rule file, and what is wrong there."""
_SURENESS = {"assumption": 0, "news": 1, "derived": 2, "official": 3}


@dataclass(frozen=True, slots=True)
class ConflictRules:
    """Who wins.

    Parameters
    ----------
    prefer
        Rules in their order; none: nothing is decided.
    owner
        ``"a"`` or ``"b"`` by province.
    tables
        Rules of single tables, in the place of `prefer`.
    """

    prefer: tuple[str, ...] = ()
    owner: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, table: str) -> tuple[str, ...]:
        """Return the rules of a table.

        Two descriptions of one source are both kept where any rule is given: one must not speak for
        figures of the other.
        """
        usual = (BOTH,) if table == "sources" and self.prefer else self.prefer
        return self.tables.get(table, usual)


def read_conflict_rules(
    path: Path, sides: tuple[WrittenScenario, WrittenScenario]
) -> ConflictRules:
    """Read a rule file.

    Parameters
    ----------
    path
        The file.
    sides
        The two scenarios: the file may call them by their names instead of ``a`` and ``b``.

    Raises
    ------
    InputError
        If it cannot be read, or says what `planner merge` does not know.
    """
    problems: list[Problem] = []
    content = read_text(path, problems, MOST_TOML)
    found = read_toml(content or "", path, problems) or {}
    names = [Path(side.name).stem for side in sides]
    called = {
        name: side
        for name, side in zip(names, (A, B), strict=True)
        if names.count(name) == 1 and name not in RULES
    }
    problems += [
        replace(problem, file=str(path), line=_line(content or "", section, key))
        for section, key, problem in [*_problems(found, tuple(called)), *_strangers(found, sides)]
    ]
    if problems:
        raise InputError(problems)
    rules = {
        place: tuple(called.get(rule, rule) for rule in of)
        for place, of in [("prefer", found.get("prefer", [])), *found.get("tables", {}).items()]
    }
    owner = {code: called.get(whose, whose) for code, whose in found.get("owner", {}).items()}
    return ConflictRules(rules.pop("prefer"), owner, rules)


def _problems(found: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[_Placed]:
    """Find what no rule file may hold, each with its section and key."""
    yield from _unlike("", "", [*found], ("prefer", OWNER, "tables"))
    for section in (OWNER, "tables"):
        if not isinstance(found.get(section, {}), dict):
            yield "", section, Problem("merge_rule_shape", column=section)
            return
    yield from _unlike("tables", "tables", [*found.get("tables", {})], (*TABLES, SCENARIO))
    for code, whose in found.get(OWNER, {}).items():
        yield from _unlike(OWNER, f"owner.{code}", [whose], (A, B, *names), code)
    lists = [("", "prefer", found.get("prefer", []))]
    lists += [("tables", table, rules) for table, rules in found.get("tables", {}).items()]
    for section, key, rules in lists:
        if not isinstance(rules, list):
            yield section, key, Problem("merge_rule_shape", column=key)
            continue
        known = RULES if key in {"sources", SCENARIO} else RULES[:-1]
        yield from _unlike(section, key, rules, known + names, key)


def _unlike(
    section: str, column: str, asked: Sequence[object], known: tuple[str, ...], key: str = ""
) -> Iterator[_Placed]:
    """Find what is none of the known words; without a key it is asked about keys."""
    for said in asked:
        if said not in known:
            meant = hint(str(said), known, listed=False)
            values = {"value": str(said), "hint": meant, "known": ", ".join(known)}
            yield section, key or str(said), Problem("merge_rule", column=column, values=values)


def _strangers(
    found: Mapping[str, Any], sides: tuple[WrittenScenario, WrittenScenario]
) -> Iterator[_Placed]:
    """Find owned provinces that neither scenario declares."""
    declared = pd.concat([side.table("provinces") for side in sides])
    declared = declared.drop_duplicates("province")
    owner = found.get(OWNER, {})
    known = {*declared["province"]}
    for code in owner if known and isinstance(owner, dict) else ():
        if code not in known:
            meant = hint_of_code(code, "provinces", declared, of_row=False)
            values = {"value": code, "table": "provinces", "hint": meant}
            yield OWNER, code, Problem("unknown_code", column=f"owner.{code}", values=values)


def _line(content: str, section: str, key: str) -> int:
    """Find the line of a key below its heading, else of what holds it; 0 where neither is there."""
    below, held = "", 0
    for number, line in enumerate(content.splitlines(), start=1):
        if head := re.match(r"\s*\[+([^\]]+)\]", line):
            below = head[1].strip(" \"'")
            name = below
        else:
            name = line.partition("=")[0].strip(" \t\"'")
            if (below, name) == (section, key):
                return number
        if name and name in {section, key} and (name == below or not below):
            held = held or number
    return held


def decide_winner(
    rules: ConflictRules,
    table: Table,
    sides: tuple[WrittenScenario, WrittenScenario],
    rows: tuple[pd.DataFrame, pd.DataFrame],
) -> tuple[Integers, list[str]]:
    """Decide for rows of the same key who wins.

    Parameters
    ----------
    rules
        The rules.
    table
        Declaration of the table.
    sides
        The two scenarios.
    rows
        Text cells of either, row by row.

    Returns
    -------
    1 where `a` wins, -1 where `b` does, 0 where no rule decides; and the rule that did.
    """
    won = np.zeros(len(rows[0]), np.int64)
    by = np.full(len(won), "", object)
    for rule in rules.of(table.name):
        open_rows = won == 0
        won[open_rows] = _said(rule, rules, table, sides, rows)[open_rows]
        by[open_rows & (won != 0)] = rule
    return won, by.tolist()


def newer_scenario(sides: tuple[WrittenScenario, WrittenScenario]) -> int:
    """Return which scenario has the later date of its data: 1 the first, -1 the second, 0 neither."""
    a, b = (side.meant.scenario.data_date for side in sides)
    return (a > b) - (a < b)


def _said(
    rule: str,
    rules: ConflictRules,
    table: Table,
    sides: tuple[WrittenScenario, WrittenScenario],
    rows: tuple[pd.DataFrame, pd.DataFrame],
) -> Integers:
    if rule in {A, B}:
        return np.full(len(rows[0]), 1 if rule == A else -1)
    if rule == OWNER:
        return _by_owner(rules.owner, table, rows)
    if rule == CONFIDENCE:
        return _larger(*(_sureness(table, *pair) for pair in zip(sides, rows, strict=True)))
    if rule == NEWER:
        by_source = _larger(*(_years(table, *pair) for pair in zip(sides, rows, strict=True)))
        return np.where(by_source == 0, newer_scenario(sides), by_source)
    return np.zeros(len(rows[0]), np.int64)


def _larger(a: pd.Series[float], b: pd.Series[float]) -> Integers:
    """Return 1, -1, or 0 where they are equal or one is not known."""
    return np.nan_to_num(np.sign(a.to_numpy() - b.to_numpy())).astype(np.int64)


def _by_owner(
    owner: Mapping[str, str], table: Table, rows: tuple[pd.DataFrame, pd.DataFrame]
) -> Integers:
    """Return the row to whoever owns its provinces, unless they belong to both."""
    mine = {side: {code for code, whose in owner.items() if whose == side} for side in (A, B)}
    of_a, of_b = np.zeros((2, len(rows[0])), bool)
    for column in table.columns:
        if column.refers != "provinces" and column.name != "province":
            continue
        for frame in rows:
            codes, texts = pd.factorize(frame[column.name])
            cells = [set(column.values(text)) for text in texts]
            of_a |= np.array([bool(mine[A] & cell) for cell in cells], bool)[codes]
            of_b |= np.array([bool(mine[B] & cell) for cell in cells], bool)[codes]
    return of_a.astype(np.int64) - of_b


def _years(table: Table, side: WrittenScenario, rows: pd.DataFrame) -> pd.Series[float]:
    return to_numbers(_of_source(table, side, rows, "year"))


def _sureness(table: Table, side: WrittenScenario, rows: pd.DataFrame) -> pd.Series[float]:
    return _of_source(table, side, rows, "kind").map(_SURENESS).astype(float)


def _of_source(
    table: Table, side: WrittenScenario, rows: pd.DataFrame, column: str
) -> pd.Series[Any]:
    """Return what `sources.csv` says of the source of each row."""
    if table.name == "sources":
        return rows[column]
    sources = side.table("sources").drop_duplicates("source").set_index("source")
    if SOURCE.name not in table.names:
        return pd.Series("", index=rows.index)
    return rows[SOURCE.name].map(sources[column])
