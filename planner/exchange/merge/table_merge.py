"""One table of two scenarios: whose row stands, on what they differ, where each row comes from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Array, Booleans, Integers
from planner.exchange.merge.conflict_rules import BOTH, A, B, ConflictRules, decide_winner
from planner.exchange.merge.row_matching import MatchedRows, align_rows, match_rows, unlike_cells
from planner.exchange.merge.written_scenario import WrittenScenario
from planner.schema.columns import Table
from planner.schema.tables import SOURCE

CONFLICTS = [
    "table", "key", "column", "a", "b", "source_a", "source_b", "file_a", "line_a", "file_b", "line_b",
    "taken", "rule",
]  # fmt: skip
PROVENANCE = ["table", "key", "from", "line_a", "line_b"]


class TableMerge:
    """One table of both scenarios: `side` says for each key whose row stands; "" is undecided."""

    def __init__(
        self, table: Table, sides: tuple[WrittenScenario, WrittenScenario], rules: ConflictRules
    ) -> None:
        frames = [side.table(table.name) for side in sides]
        self.table, self._sides = table, sides
        self._pairs = match_rows(table, *frames)
        self._a, self._b = (
            align_rows(*pair) for pair in zip(frames, (self._pairs.a, self._pairs.b), strict=True)
        )
        self._in_a, self._in_b = self._pairs.a >= 0, self._pairs.b >= 0
        self._unlike = unlike_cells(self._pairs, *frames)
        self._overlap = _overlapping(self._pairs)
        self._clash = self._unlike.any(axis=1) & ~self._overlap
        self._by = np.full(len(self._clash), "", object)
        self._side = np.where(self._in_a, np.where(self._in_b, BOTH, A), B).astype(object)
        self._side[self._clash | self._overlap] = ""
        self._decide(rules, np.flatnonzero(self._clash), *[np.flatnonzero(self._clash)] * 2)
        for rows in _groups(self._pairs, self._overlap):
            first_a, first_b = (rows[inside[rows]][:1] for inside in (self._in_a, self._in_b))
            self._decide(rules, rows, first_a, first_b)

    def _decide(self, rules: ConflictRules, rows: Integers, of_a: Integers, of_b: Integers) -> None:
        """Decide rows by what stands in these rows of `a` and `b`."""
        told = self._a.iloc[of_a], self._b.iloc[of_b]
        won, by = decide_winner(rules, self.table, self._sides, told)
        self._side[rows] = np.select([won == 1, won == -1], [A, B], "")
        self._by[rows] = by if len(by) == len(rows) else by[0]

    def keep_both(self) -> dict[str, str]:
        """Keep both descriptions of the sources that no rule decides; give the new names in `b`."""
        key = self.table.key[0]
        taken = {*self._a[key], *self._b[key]}
        renamed = {}
        for row in np.flatnonzero(self._clash & (self._side == "")):
            name = str(self._b[key].iloc[row])
            new = f"{name}_{B}"
            while new in taken:
                new += f"_{B}"
            taken.add(new)
            renamed[name] = new
            self._side[row], self._by[row] = BOTH, BOTH
        return renamed

    def rows(self, renamed: dict[str, str]) -> pd.DataFrame:
        """Return the rows that stand, as text."""
        of_b = self._side == B
        frame = self._a.copy()
        frame.loc[of_b] = self._b.loc[of_b]
        known = [column.name for column in self.table.columns if column.refers == "sources"]
        for name in known:
            frame.loc[of_b, name] = frame.loc[of_b, name].replace(renamed)
        frame = frame.loc[self._standing]
        if self.table.name == "sources":
            frame = pd.concat([frame, self._second_descriptions(renamed)])
        written = {name for side in self._sides for name in side.columns.get(self.table.name, [])}
        return frame[[name for name in self.table.names if name in written]].reset_index(drop=True)

    def conflicts(self) -> pd.DataFrame:
        """Return a line for each cell on which they differ."""
        row, number = np.nonzero(self._unlike & self._clash[:, None])
        names = np.array(self.table.names, object)
        cells = [frame[list(names)].to_numpy(object)[row, number] for frame in (self._a, self._b)]
        lines = [self._lines(row, names[number], *cells)]
        if self._overlap.any():
            row = np.flatnonzero(self._overlap)
            figure = self._figure
            cells = [frame[figure].to_numpy(object)[row] for frame in (self._a, self._b)]
            lines.append(self._lines(row, np.full(len(row), "period", object), *cells))
        return pd.concat(lines)

    def provenance(self, renamed: dict[str, str]) -> pd.DataFrame:
        """Return where each row that stands comes from."""
        told = self._told(np.arange(len(self._side))).assign(**{"from": self._side})
        told = told.loc[self._standing]
        if self.table.name == "sources":
            second = self._told(np.flatnonzero(self._in_b & self._a["source"].isin(renamed)))
            told.loc[told["key"].isin(renamed), "from"] = A
            told = pd.concat([told, second.assign(key=second["key"].map(renamed), **{"from": B})])
        return told[PROVENANCE]

    @property
    def _standing(self) -> Booleans:
        """Rows that stand: all but those of the loser in a group of periods."""
        gone = (self._side == A) & ~self._in_a | (self._side == B) & ~self._in_b
        return np.asarray(~gone & (self._side != ""))

    @property
    def _figure(self) -> str:
        counted = [column.name for column in self.table.columns if column.kind == "number"]
        return [*self.table.spread, *counted][0]

    def _second_descriptions(self, renamed: dict[str, str]) -> pd.DataFrame:
        rows = self._b.loc[self._b["source"].isin(renamed)]
        return rows.assign(source=rows["source"].map(renamed))

    def _told(self, row: Integers) -> pd.DataFrame:
        """Return table, key and lines of rows."""
        return pd.DataFrame(
            {
                "table": self.table.name,
                "key": np.array(self._pairs.words, object)[row],
                "line_a": self._a["_line"].to_numpy()[row],
                "line_b": self._b["_line"].to_numpy()[row],
            }
        )

    def _lines(self, row: Integers, column: Array, a: Array, b: Array) -> pd.DataFrame:
        source = SOURCE.name if SOURCE.name in self.table.names else "_file"
        known = source == SOURCE.name and self.table.name != "sources"
        more = {
            f"{what}_{side}": frame[name].to_numpy()[row] if shown else ""
            for side, frame in ((A, self._a), (B, self._b))
            for what, name, shown in (("file", "_file", True), ("source", source, known))
        }
        given = {"column": column, "a": a, "b": b, "taken": self._side[row], "rule": self._by[row]}
        return self._told(row).assign(**more, **given)[CONFLICTS]


def _overlapping(paired: MatchedRows) -> Booleans:
    """Find rows of a whole year in one scenario for which the other has rows of its periods."""
    nowhere = np.zeros(len(paired.a), bool)
    if "period" not in paired.table.key or not paired.table.by_period:
        return nowhere
    group, blank = _group_codes(paired), (paired.keys["period"] == "").to_numpy()
    has = {
        (name, whole): np.isin(group, group[(place >= 0) & (blank == whole)])
        for name, place in ((A, paired.a), (B, paired.b))
        for whole in (True, False)
    }
    return has[A, True] & has[B, False] | has[B, True] & has[A, False]


def _group_codes(paired: MatchedRows) -> Integers:
    """Return each key without its period a number."""
    names = [name for name in paired.table.key if name != "period"]
    return paired.keys.groupby(names, sort=False).ngroup().to_numpy().astype(np.int64)


def _groups(paired: MatchedRows, rows: Booleans) -> list[Integers]:
    """Return the rows of each group of periods."""
    place = np.flatnonzero(rows)
    order = pd.Series(place).groupby(_group_codes(paired)[place])
    return [part.to_numpy() for _, part in order]
