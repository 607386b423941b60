"""Where in a grid the lines, the labels and the figures of balances stand.

Two forms are known. In a list the lines stand below each other ("Stok awal", "Produksi", ...) and every
column of figures is a balance. In a table the lines stand on top and every row is a balance. Titles above,
headings of several rows, rows of units, numbered columns and notes below are seen as what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from planner.exchange.balance_audit.footnote_marks import figure_text, without_marks
from planner.exchange.balance_audit.period_labels import is_period
from planner.exchange.balance_audit.vocabulary import (
    bare,
    bracketed_unit,
    identify_line,
    is_unit,
    line_role,
    plain,
    stated_unit,
    without_unit,
    words,
)
from planner.formats.grid import Entry, Grid
from planner.i18n.parse import is_number

HEAD_ROWS = 60
"""Among so many first rows the headings are looked for."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell of a balance.

    Parameters
    ----------
    label
        What the balance is of, in each dimension.
    item, name
        The line it stands in, and how that is called there.
    entry, unit
        What it holds, and the unit that is said of it.
    line, at, column
        Its place: line of the file, number of the column from 0, and the heading of that.
    """

    label: tuple[str, ...]
    item: str
    name: str
    entry: Entry
    unit: str
    line: int
    at: int
    column: str


class UntestedBlock(NamedTuple):
    """What stands beside the balances and is not tested: why, what it is called, and its place."""

    reason: str
    name: str
    line: int = 0
    at: int = 0
    column: str = ""


@dataclass(slots=True)
class Layout:
    """Where everything stands.

    Parameters
    ----------
    cells, unknown
        The cells of all balances, and those of lines that are not known.
    dimensions
        The heading of each dimension of the labels.
    aside
        What stands beside the balances.
    """

    cells: list[PlacedCell] = field(default_factory=list)
    unknown: list[PlacedCell] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    aside: list[UntestedBlock] = field(default_factory=list)


type Row = tuple[int, list[Entry]]


def lay_out(grid: Grid) -> Layout:
    """Find the balances of a grid; no cells where no line of a balance is recognised."""
    rows = grid.rows
    if not rows:
        return Layout()
    width = len(rows[0][1])
    named = [{at: item for at in range(width) if (item := _item(row[at]))} for _, row in rows]
    on_top = max(range(min(len(rows), HEAD_ROWS)), key=lambda r: len({*named[r].values()}))
    at_side = max(range(width), key=lambda c: len({row[c] for row in named if c in row}))
    across = len({*named[on_top].values()})
    down = len({row[at_side] for row in named if at_side in row})
    if (across > 1 and across >= down) or (
        across == 1 and down <= 1 and _stands_on_top(rows, on_top)
    ):
        return _Table(rows, on_top).laid()
    return _List(rows, at_side).laid() if down else Layout()


def _item(entry: Entry) -> str:
    return "" if entry.number is not None or not entry.text else identify_line(entry.text)


def _stands_on_top(rows: Sequence[Row], on_top: int) -> bool:
    """Check whether a single known name is a heading: figures stand below it, and none beside it."""
    head = rows[on_top][1]
    at = next(at for at, entry in enumerate(head) if _item(entry))
    below = [row[at] for _, row in rows[on_top + 1 :]]
    return any(is_figure(cell) for cell in below) and not any(
        is_figure(cell) and not is_period(cell.text) for cell in head
    )


def is_figure(entry: Entry) -> bool:
    """Check whether a cell holds a number, with a unit or marks perhaps."""
    if entry.number is not None or entry.flaw:
        return True
    return is_number(figure_text(entry.text)) or bool(re.match(r"[-+(]?\d[\d.,]*", entry.text))


def is_blank(entry: Entry) -> bool:
    """Check whether a cell stands for no figure: blank, a dash, n.a."""
    said = plain(entry.text) if entry.text.strip() not in words("cells", "nil") else ""
    return not said or is_missing(entry)


def is_missing(entry: Entry) -> bool:
    """Check whether a cell says that a figure exists but is not known: n.a., ..., kosong."""
    return entry.text.strip().lower() in words("cells", "missing")


def _note(row: Sequence[Entry], places: Sequence[int]) -> bool:
    """Check whether a row is a note: it begins like one, and holds no figure."""
    first = next((entry.text.strip().lower() for entry in row if entry.text.strip()), "")
    begins = [start for start in words("headings", "notes") if first.startswith(start)]
    if not begins:
        return False
    colon = any(
        first[len(start) :].lstrip().startswith(":") or start.endswith(":") for start in begins
    )
    return colon or not any(is_figure(row[at]) for at in places)


def _filled_right(row: Sequence[Entry], places: Sequence[int]) -> dict[int, str]:
    """Return the headings of a row; one that spans several columns stands in the first of them only."""
    said, found = "", dict[int, str]()
    for at in places:
        said = row[at].text.strip() or said
        found[at] = said
    return found


def _numbered(row: Sequence[Entry]) -> bool:
    """Check whether a row only numbers the columns: (1) (2) (3)."""
    texts = [entry.text.strip() for entry in row if entry.text.strip()]
    if any(not re.fullmatch(r"\(?\d{1,2}\)?", text) for text in texts):
        return False
    numbers = [int(text.strip("()")) for text in texts]
    return len(numbers) > 1 and numbers == [*range(numbers[0], numbers[0] + len(numbers))]


def _same(row: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """Check whether a row only repeats another one, as headings that were copied with their table."""
    return [entry.text.strip() for entry in row] == [entry.text.strip() for entry in other]


def _all(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    given = [text for text in texts if text.strip()]
    return bool(given) and all(holds(text) for text in given)


def _bare_unit(text: str) -> bool:
    said = text.strip()
    alone = is_unit(said.strip("()[]")) or bool(bracketed_unit(text) and not without_unit(text))
    return alone and not _begins_with_figure(said)


def _begins_with_figure(said: str) -> bool:
    """Check whether a number stands before a unit that is more than its head: 1,2 ton, but not 1.000 ton."""
    number = re.match(r"'?\d[\d.,\s]*", said)
    return bool(number) and re.sub(r"\D", "", number[0] if number else "").strip("0") not in {
        "",
        "1",
    }


def _title_unit(rows: Sequence[Row]) -> str:
    """Return the unit that the titles say of all figures."""
    texts = [entry.text for _, row in rows for entry in row if entry.text]
    return next((unit for text in texts if (unit := stated_unit(text))), "")


def _heading(text: str, section: str) -> bool:
    return plain(text) in words("headings", section) or bare(text) in words("headings", section)


_LABELS = ("places", "goods", "times")


def _labels(text: str) -> bool:
    return any(_heading(text, section) for section in _LABELS)


class _Table:
    """A table with the lines on top: what each of its columns and rows is."""

    def __init__(self, rows: list[Row], on_top: int) -> None:
        self.rows, self.on_top = rows, on_top
        self.width = len(rows[0][1])
        self.aside: list[UntestedBlock] = []
        self.unknown: dict[int, str] = {}
        head = rows[on_top][1]
        known = [at for at in range(self.width) if _item(head[at]) and not self._worded(at)]
        self.places = known
        below = self._sub_heads()
        self.places = self._spanned(head, known, [rows[r][1] for r in below])
        above = self._above()
        self.heads = [*above, on_top, *below]
        self.start = max(self.heads) + 1
        others = (at for at in range(self.width) if at not in self.places)
        self.unit_at = next((at for at in others if _heading(self._name(at), "units")), -1)

    def _worded(self, at: int) -> bool:
        """Check whether a column holds names: "Bahan makanan" is a line, or what the rows are of."""
        below = [row[at] for _, row in self.rows[self.on_top + 1 :] if not is_blank(row[at])]
        return sum(is_figure(entry) for entry in below) * 2 < len(below)

    def _sub_heads(self) -> list[int]:
        """Find the rows below the names of the lines that are no balance yet: years, units, numbers."""
        found: list[int] = []
        for r in range(self.on_top + 1, min(len(self.rows), self.on_top + 6)):
            row = self.rows[r][1]
            texts = [row[at].text for at in range(self.width) if at >= min(self.places)]
            label = next(
                (row[at].text for at in range(min(self.places)) if row[at].text.strip()), ""
            )
            free = not label or _labels(label) or _numbered(row)
            periods = _all(texts, is_period)
            wordy = not any(is_figure(row[at]) for at in range(min(self.places), self.width))
            if not (free and (periods or wordy or _numbered(row) or _all(texts, _bare_unit))):
                break
            if not any(text.strip() for text in texts):
                break
            found.append(r)
        return found

    def _spanned(
        self, head: Sequence[Entry], known: list[int], below: Sequence[Sequence[Entry]]
    ) -> list[int]:
        """Add the columns under a name that spans several, and those a second row names."""
        found, last = list[int](), -1
        for at in range(self.width):
            if at in known:
                last = at
                found.append(at)
            elif below and last >= 0:
                said = [row[at].text for row in below if row[at].text.strip()]
                blank = not head[at].text.strip()
                if said and (
                    any(map(identify_line, said)) or (blank and any(map(is_period, said)))
                ):
                    found.append(at)
        return found

    def _above(self) -> list[int]:
        """Find the headings above the names of the lines: years, or names of goods over several columns."""
        found: list[int] = []
        for r in range(self.on_top - 1, -1, -1):
            texts = [self.rows[r][1][at].text.strip() for at in self.places]
            if not any(texts):
                break
            several = len({text for text in texts if text}) > 1
            if not (several or _all(texts, is_period)):
                break
            found.insert(0, r)
        return found

    def laid(self) -> Layout:
        """Return the cells of all balances."""
        title_rows = self.rows[: min(self.heads)]
        title = _title_unit(title_rows)
        heads = self._heads()
        columns = {at: self._column(heads[at]) for at in self.places}
        several = self._several(heads, columns)
        labels = self._label_columns()
        layout = Layout(dimensions=[self._name(at) for at in labels], aside=self.aside)
        layout.dimensions += [""] * len(several)
        above: dict[int, str] = {}
        for line, row in self.rows[self.start :]:
            if _note(row, self.places) or all(not row[at].text.strip() for at in self.places):
                continue
            if _numbered(row):
                continue
            label = _filled_down(row, labels, above)
            of_row = row[self.unit_at].text.strip() if self.unit_at >= 0 else ""
            for at, (item, unit) in columns.items():
                if item:
                    own = tuple(heads[at][r] for r in several)
                    column = _joined(heads[at].values()) or item
                    whole = (*label, *own) if label or own else (f"#{line}",)
                    counted = unit or of_row or title
                    cell = PlacedCell(whole, item, column, row[at], counted, line, at, column)
                    layout.cells.append(cell)
            if not several:
                layout.unknown += [
                    PlacedCell(
                        label or (f"#{line}",),
                        "need",
                        name,
                        row[at],
                        of_row or title,
                        line,
                        at,
                        name,
                    )
                    for at, name in self.unknown.items()
                ]
        if not labels and not several:
            layout.dimensions = [""]
        return layout

    def _heads(self) -> dict[int, dict[int, str]]:
        filled = {}
        for r in self.heads:
            row = self.rows[r][1]
            if r == self.on_top or r > self.on_top:
                first = _filled_right(row, self.places)
                filled[r] = {
                    at: first[at] if r == self.on_top else row[at].text.strip()
                    for at in self.places
                }
            else:
                filled[r] = _filled_right(row, self.places)
        return {at: {r: filled[r][at] for r in self.heads} for at in self.places}

    def _column(self, heads: Mapping[int, str]) -> tuple[str, str]:
        """Return the line that stands in a column, and its unit."""
        texts = [text for text in heads.values() if text]
        joined = [
            " ".join(map(without_unit, texts[start:end]))
            for start in range(len(texts))
            for end in range(len(texts), start + 1, -1)
        ]
        named = [item for text in [*joined, *reversed(texts)] if (item := identify_line(text))]
        units = [
            unit for text in reversed(texts) if (unit := bracketed_unit(text) or _unit_alone(text))
        ]
        return next(iter(named), ""), next(iter(units), "")

    def _several(
        self, heads: Mapping[int, Mapping[int, str]], columns: Mapping[int, tuple[str, str]]
    ) -> list[int]:
        """Find the rows of headings that tell balances apart: periods, or goods of which each has all lines."""
        periods = [
            r
            for r in self.heads
            if r != self.on_top and _all([heads[at][r] for at in self.places], is_period)
        ]
        keys = [(columns[at][0], *(heads[at][r] for r in periods)) for at in self.places]
        doubled = len(set(keys)) < len(keys)
        others = [
            r
            for r in self.heads
            if r < self.on_top and r not in periods and all(heads[at][r] for at in self.places)
        ]
        return sorted([*others, *periods]) if doubled else periods

    def _label_columns(self) -> list[int]:
        """Find the columns that say what a row is of; a column of figures without a known name is told."""
        found = []
        for at in range(self.width):
            if at in self.places or at == self.unit_at:
                continue
            name, line = self._name(at), self.rows[self.on_top][0]
            cells = [
                row[at]
                for _, row in self.rows[self.start :]
                if row[at].text.strip() and not _note(row, self.places)
            ]
            if (_heading(name, "ignored") and not _labels(name)) or not cells:
                continue
            given = [entry for entry in cells if not is_blank(entry)]
            if not given:
                continue
            if _labels(name) or not all(is_figure(entry) for entry in given):
                if self._free_text(at):
                    self.aside.append(UntestedBlock("text_column", name, line, at, name))
                else:
                    found.append(at)
            elif _all([entry.text for entry in given], is_period):
                found.append(at)
            elif name:
                self.unknown[at] = name
                self.aside.append(UntestedBlock("unknown_line", name, line, at, name))
            elif not _counts_up(given):
                self.aside.append(UntestedBlock("unnamed_column", str(at + 1), line, at, ""))
        return found or self._codes()

    def _free_text(self, at: int) -> bool:
        """Check whether a column of words to the right of the figures is a remark and no label."""
        return at > max(self.places) and not _labels(self._name(at))

    def _codes(self) -> list[int]:
        """Return a column of codes where nothing else says what a row is of."""
        return [
            at
            for at in range(self.width)
            if at not in self.places and _heading(self._name(at), "ignored")
        ][:1]

    def _name(self, at: int) -> str:
        """Return the heading of a column of labels; it may stand above or below the names of the lines."""
        texts = [self.rows[r][1][at].text.strip() for r in self.heads]
        named = [text for text in texts if text and _labels(text)]
        return next(iter([*named, *filter(None, texts)]), "")


def _joined(heads: Iterable[str]) -> str:
    """Return the headings of a column in one text, without periods and units that stand alone."""
    said = [text for text in heads if text and not is_period(text) and not _unit_alone(text)]
    return without_marks(" ".join(dict.fromkeys(said)))


def _unit_alone(text: str) -> str:
    said = text.strip().strip("()[]").strip()
    return said if is_unit(said) else ""


def _counts_up(cells: Sequence[Entry]) -> bool:
    """Check whether a column without a name numbers the rows."""
    numbers = [int(entry.text) for entry in cells if re.fullmatch(r"\d{1,4}", entry.text.strip())]
    return len(numbers) == len(cells) and sorted({*numbers}) == numbers


def _filled_down(
    row: Sequence[Entry], labels: Sequence[int], above: dict[int, str]
) -> tuple[str, ...]:
    """Return the label of a row; a blank before a name stands for the name above, as merged cells are saved."""
    texts = [row[at].text.strip() for at in labels]
    for nth, at in enumerate(labels):
        if texts[nth]:
            above[at] = texts[nth]
        elif any(texts[nth + 1 :]) and not any(map(is_sum, texts)):
            texts[nth] = above.get(at, "")
    return tuple(texts)


def is_sum(label: str) -> bool:
    """Check whether a label says that its figures are a sum of others."""
    said, all_of = bare(label), words("totals", "all") | words("totals", "some")
    return (
        said in all_of
        or said in words("totals", "world")
        or any(said.startswith(start) for start in words("totals", "before"))
    )


class _List:
    """A list of lines below each other: what each of its rows and columns is."""

    def __init__(self, rows: list[Row], at_side: int) -> None:
        self.rows, self.at_side = rows, at_side
        self.width = len(rows[0][1])
        named = [r for r, (_, row) in enumerate(rows) if _item(row[at_side])]
        self.first = next((r for r in named if self._counts(rows[r][1])), named[0])
        while self.first - 1 in named and self._left_blank(rows[self.first - 1][1]):
            self.first -= 1
        self.aside: list[UntestedBlock] = []
        self.heads, self.units = self._heads_above()
        self.labels, self.places, self.unit_at = self._columns()

    def _counts(self, row: Sequence[Entry]) -> bool:
        """Check whether a row holds figures; a title "Neraca 2024", or one above years, holds none."""
        others = [
            entry for at, entry in enumerate(row) if at != self.at_side and entry.text.strip()
        ]
        figures = [entry for entry in others if is_figure(entry) or is_missing(entry)]
        return bool(figures) and not _all([entry.text for entry in others], is_period)

    def _left_blank(self, row: Sequence[Entry]) -> bool:
        name = row[self.at_side].text
        others = [entry.text for at, entry in enumerate(row) if at != self.at_side]
        return not any(text.strip() for text in others) and _blank_line(name, identify_line(name))

    def _heads_above(self) -> tuple[list[int], list[int]]:
        """Find the rows of headings above the first line, and those of units."""
        heads, units = list[int](), list[int]()
        for r in range(self.first - 1, -1, -1):
            row = self.rows[r][1]
            texts = [row[at].text for at in range(self.width) if at != self.at_side]
            given = [text for text in texts if text.strip()]
            if _numbered(row) or any(_same(row, self.rows[head][1]) for head in heads):
                continue
            if _all(texts, _bare_unit):
                units.append(r)
                continue
            title = len({*(entry.text.strip() for entry in row if entry.text.strip())}) < 2
            if not given or (title and not _all(texts, is_period)):
                if heads or not title:
                    break
                continue
            heads.insert(0, r)
        return heads, units

    def _body(self) -> Iterator[Row]:
        for line, row in self.rows[self.first :]:
            if not _note(row, [at for at in range(self.width) if at != self.at_side]):
                yield line, row

    def _columns(self) -> tuple[list[int], list[int], int]:
        """Part the columns into those of labels, those of figures, and that of units."""
        kinds = {at: self._kind(at) for at in range(self.width) if at != self.at_side}
        labels = [at for at, kind in kinds.items() if kind == "label"]
        places = [at for at, kind in kinds.items() if kind == "figures"]
        unit_at = max((at for at, kind in kinds.items() if kind == "unit"), default=-1)
        for at in (at for at, kind in kinds.items() if kind == "words"):
            self._put_aside("text_column", at)
        values = [at for at in places if _heading(self._name(at), "values")]
        if labels and len(values) == 1:
            for at in {*places} - {*values}:
                self._put_aside("unknown_line", at)
            places = values
        return labels, places, unit_at

    def _put_aside(self, reason: str, at: int) -> None:
        name = self._name(at)
        self.aside.append(UntestedBlock(reason, name, self.rows[self.first][0], at, name))

    def _kind(self, at: int) -> str:
        """Return what a column holds: a label, figures, units, words, or nothing of the balance ("")."""
        name = self._name(at)
        cells = [row[at] for _, row in self._body() if row[self.at_side].text.strip()]
        given = [entry for entry in cells if not is_blank(entry)]
        if _heading(name, "units") or (given and all(_bare_unit(entry.text) for entry in given)):
            return "unit"
        if _labels(name) and not is_period(name):
            return "label"
        if _heading(name, "ignored"):
            return ""
        if any(is_figure(entry) for entry in given):
            numbering = not name and _counts_up(given) and at < self.at_side
            return "" if numbering else "figures"
        return self._kind_of_words(at, given) if given else "figures" if name else ""

    def _kind_of_words(self, at: int, given: Sequence[Entry]) -> str:
        """Return what a column without a figure holds: labels to the left of the lines, remarks to the right."""
        if at < self.at_side:
            return "label"
        return "words" if all(len(entry.text) > 3 for entry in given) else "figures"

    def _name(self, at: int) -> str:
        texts = [self.rows[r][1][at].text.strip() for r in self.heads]
        return next((text for text in reversed(texts) if text), "")

    def laid(self) -> Layout:
        """Return the cells of all balances."""
        title = _title_unit(self.rows[: min(self.heads, default=self.first)])
        own, several = self._own_labels()
        layout = Layout(
            dimensions=[*map(self._name, self.labels), *[""] * several], aside=self.aside
        )
        above: dict[int, str] = {}
        section = block = ""
        before: list[str] = []
        blocks: list[str] = []
        for line, row in self._body():
            name = row[self.at_side].text.strip()
            label = _filled_down(row, self.labels, above)
            if not name:
                continue
            figures = any(not is_blank(row[at]) or is_missing(row[at]) for at in self.places)
            item = (
                identify_line(f"{section} {name}")
                or identify_line(name)
                or self._running(name, before)
            )
            if not figures and all(not row[at].text.strip() for at in self.places):
                if not identify_line(name) and not is_sum(name):
                    block, before = name, []
                if not _blank_line(name, item):
                    section = name
                    continue
            if item:
                before.append(item)
                blocks += [block] * len(self.places)
            else:
                column = self._name(self.at_side)
                self.aside.append(UntestedBlock("unknown_line", name, line, self.at_side, column))
            into = layout.cells if item else layout.unknown
            for at in self.places:
                unit = bracketed_unit(name) or (
                    row[self.unit_at].text.strip() if self.unit_at >= 0 else ""
                )
                unit = unit or bracketed_unit(self._name(at)) or self._unit_below(at) or title
                whole = (*label, *own[at]) or ("",)
                column = self._name(at) or str(at + 1)
                into.append(
                    PlacedCell(whole, item or "need", name, row[at], unit, line, at, column)
                )
        layout.dimensions = layout.dimensions or [""]
        return _in_blocks(layout, blocks)

    def _own_labels(self) -> tuple[dict[int, tuple[str, ...]], int]:
        """Return the label that the headings give to each column of figures."""
        if self.labels and len(self.places) == 1 and _heading(self._name(self.places[0]), "values"):
            return {self.places[0]: ()}, 0
        rows = [self.rows[r][1] for r in self.heads]
        filled = [_filled_right(row, self.places) for row in rows[:-1]]
        filled += [{at: row[at].text.strip() for at in self.places} for row in rows[-1:]]
        own = {
            at: tuple(without_unit(row[at]) for row in filled) or (f"#{at + 1}",)
            for at in self.places
        }
        return own, max(map(len, own.values()), default=0)

    def _unit_below(self, at: int) -> str:
        return next((_unit_alone(self.rows[r][1][at].text) for r in self.units), "")

    def _running(self, name: str, before: Sequence[str]) -> str:
        """Return the line that a bare "Jumlah" stands for: the sum of what comes in, or of what leaves."""
        if bare(name) not in words("totals", "some"):
            return ""
        roles = {line_role(item) for item in before}
        if roles and roles <= {"inflow", "stock"} and "closing" not in before:
            return "available"
        leaving = bool(roles & {"use", "outflow"})
        return "distribution" if leaving and "distribution" not in before else ""


def _blank_line(name: str, item: str) -> bool:
    """Check whether a row without figures is a line left blank, and no heading of those below it."""
    return (
        bool(item)
        and line_role(item) not in {"sum", "beside"}
        and not (item == "processed" or name.rstrip().endswith(":"))
    )


def _in_blocks(layout: Layout, blocks: Sequence[str]) -> Layout:
    """Put the names of blocks into the labels where a list repeats its lines for each place or good."""
    keys = [(cell.label, cell.item) for cell in layout.cells]
    if len(set(keys)) == len(keys) or len(set(blocks)) < 2:
        return layout
    layout.cells = [
        replace(cell, label=(block, *cell.label))
        for cell, block in zip(layout.cells, blocks, strict=True)
    ]
    layout.dimensions = ["", *layout.dimensions]
    return layout
