"""A table as rows of text, and every way to spoil one: its cells, rows, columns, letters and marks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from random import Random

from planner.schema.columns import Column, Table

from .mutant import Mutant, Truth
from .numbers import WAYS, Way, _grouped
from .texts import CHOICE_WAYS, CODES, NAMES, OWN_CODES, PERIODS, TOTALS

WRONG, HARMLESS, UNCLEAR, OPEN = Truth.WRONG, Truth.HARMLESS, Truth.UNCLEAR, Truth.OPEN


@dataclass(frozen=True, slots=True)
class Doc:
    """The rows of a CSV file, its header first.

    Parameters
    ----------
    file
        Path within the subject.
    table
        Its declaration.
    rows
        Text cells.
    """

    file: str
    table: Table
    rows: tuple[tuple[str, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.rows[0]

    def column(self, at: int) -> Column | None:
        """Return the declaration of a column; None where there is none."""
        return next((c for c in self.table.columns if c.name == self.header[at]), None)

    def with_cell(self, row: int, at: int, text: str) -> Doc:
        """Return the table with another text in a cell."""
        cells = list(self.rows[row])
        cells[at] = text
        return replace(self, rows=(*self.rows[:row], tuple(cells), *self.rows[row + 1 :]))

    def line(self, row: int) -> int:
        """Return the line of a row as an editor counts."""
        return 1 + self.text(rows=self.rows[:row]).count("\n")

    def text(
        self,
        *,
        rows: Sequence[Sequence[str]] | None = None,
        mark: str = ",",
        quoting: int = csv.QUOTE_MINIMAL,
    ) -> str:
        """Write the table."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=mark, lineterminator="\n", quoting=quoting)  # type: ignore[arg-type]
        writer.writerows(self.rows if rows is None else rows)
        return stream.getvalue()

    def raw(self) -> bytes:
        """Write the table in UTF-8."""
        return self.text().encode("utf-8", "surrogatepass")


def doc_of(file: str, table: Table, raw: bytes) -> Doc:
    """Read a sound table."""
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    return Doc(file, table, tuple(tuple(row) for row in rows if any(row)))


type Spoil = Callable[[Random, Doc], Mutant | None]
"""Spoil a table; None where that way does not fit it."""


def _ways_of(column: Column) -> Mapping[str, Way]:
    if column.kind in {"number", "month"}:
        return WAYS
    if column.choices:
        return CHOICE_WAYS
    if column.kind == "period":
        return PERIODS
    if column.refers:
        return CODES
    return OWN_CODES if column.key else NAMES


def _cell(kind: str, ways: Iterable[Mapping[str, Way]]) -> Spoil:
    way = next(group[kind] for group in ways if kind in group)

    def spoil(rng: Random, doc: Doc) -> Mutant | None:
        fitting = [
            at
            for at in range(len(doc.header))
            if (column := doc.column(at)) is not None and kind in _ways_of(column)
        ]
        filled = [
            (row, at)
            for at in fitting
            for row in rng.sample(range(1, len(doc.rows)), min(8, len(doc.rows) - 1))
            if doc.rows[row][at]
        ]
        rng.shuffle(filled)
        for row, at in filled:
            column = doc.column(at)
            assert column is not None
            try:
                written = way(rng, column, doc.rows[row][at])
            except (InvalidOperation, ValueError):
                continue
            if written is None or written.text == doc.rows[row][at]:
                continue
            spoilt = doc.with_cell(row, at, written.text)
            return Mutant(
                kind, written.truth, {doc.file: spoilt.raw()}, doc.file, spoilt.line(row),
                column.name, written.text, original=written.original, added=kind in _NOT_TO_BE_HAD_AGAIN,
            )  # fmt: skip
        return None

    return spoil


_NOT_TO_BE_HAD_AGAIN = {"code: a total", "own code: a path"}
"""Kinds that leave nothing of what stood there: who obeys gets a good name, and no message can know the old one."""
_GROUPS = (WAYS, CODES, OWN_CODES, CHOICE_WAYS, PERIODS, NAMES)
CELLS: dict[str, Spoil] = {kind: _cell(kind, _GROUPS) for group in _GROUPS for kind in group}


def _some_row(rng: Random, doc: Doc) -> int:
    return rng.randrange(1, len(doc.rows))


def _mutant(kind: str, truth: Truth, doc: Doc, raw: bytes | str, **place: object) -> Mutant:
    content = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    return Mutant(kind, truth, {doc.file: content}, doc.file, **place)  # type: ignore[arg-type]


def _doubled_row(rng: Random, doc: Doc) -> Mutant | None:
    if not doc.table.key:
        return None
    row = _some_row(rng, doc)
    at = rng.randrange(row + 1, len(doc.rows) + 1)
    more = replace(doc, rows=(*doc.rows[:at], doc.rows[row], *doc.rows[at:]))
    return _mutant("row: doubled", WRONG, doc, more.raw(), line=more.line(at))


def _removed_row(rng: Random, doc: Doc) -> Mutant:
    row = _some_row(rng, doc)
    less = replace(doc, rows=(*doc.rows[:row], *doc.rows[row + 1 :]))
    return _mutant("row: removed", OPEN, doc, less.raw())


def _total_row(rng: Random, doc: Doc) -> Mutant | None:
    numbers = [at for at in range(len(doc.header)) if _is_number(doc.column(at))]
    first = doc.column(0)
    if not numbers or first is None or not first.refers:
        return None
    cells = [rng.choice(TOTALS)]
    for at in range(1, len(doc.header)):
        given = [row[at] for row in doc.rows[1:] if row[at]]
        cells.append(f"{sum(map(float, given)):g}" if at in numbers and given else "")
    more = replace(doc, rows=(*doc.rows, tuple(cells)))
    return _mutant("row: a total at the end", WRONG, doc, more.raw(), line=more.line(len(doc.rows)))


def _is_number(column: Column | None) -> bool:
    return column is not None and column.kind == "number"


def _title(rng: Random, doc: Doc) -> Mutant:
    title = rng.choice(["Tabel 1. Produksi beras menurut provinsi, 2023", "Angka sementara"])
    alone = rng.random() < 0.5
    row = (title,) if alone else (title, *[""] * (len(doc.header) - 1))
    more = replace(doc, rows=(row, *doc.rows))
    return _mutant("row: a title on top", UNCLEAR, doc, more.raw(), line=1)


def _note(rng: Random, doc: Doc) -> Mutant:
    note = rng.choice(["Sumber: BPS, diolah", "*) angka sementara", "Catatan: tanpa Papua"])
    row = (note, *[""] * (len(doc.header) - 1)) if rng.random() < 0.5 else (note,)
    more = replace(doc, rows=(*doc.rows, row))
    return _mutant("row: a note below", WRONG, doc, more.raw(), line=more.line(len(doc.rows)))


def _header_again(rng: Random, doc: Doc) -> Mutant:
    row = _some_row(rng, doc)
    more = replace(doc, rows=(*doc.rows[:row], doc.header, *doc.rows[row:]))
    return _mutant("row: the header again", WRONG, doc, more.raw(), line=more.line(row))


def _blank_rows(rng: Random, doc: Doc) -> Mutant:
    row = _some_row(rng, doc)
    blank = rng.choice([(), ("",) * len(doc.header), (" ",) * len(doc.header)])
    more = replace(doc, rows=(*doc.rows[:row], blank, blank, *doc.rows[row:]))
    return _mutant("row: blank ones", HARMLESS, doc, more.raw())


def _short_row(rng: Random, doc: Doc) -> Mutant | None:
    row = _some_row(rng, doc)
    if len(doc.header) < 3:
        return None
    cells = doc.rows[row][: rng.randrange(1, len(doc.header) - 1)]
    if not any(cells):
        return None
    less = replace(doc, rows=(*doc.rows[:row], cells, *doc.rows[row + 1 :]))
    return _mutant("row: cut short", WRONG, doc, less.raw(), line=less.line(row))


def _long_row(rng: Random, doc: Doc) -> Mutant:
    row = _some_row(rng, doc)
    at = rng.randrange(len(doc.header))
    cells = (*doc.rows[row][:at], "7", *doc.rows[row][at:])
    more = replace(doc, rows=(*doc.rows[:row], cells, *doc.rows[row + 1 :]))
    return _mutant("row: one cell more", WRONG, doc, more.raw(), line=more.line(row))


def _shuffled_rows(rng: Random, doc: Doc) -> Mutant:
    body = list(doc.rows[1:])
    rng.shuffle(body)
    return _mutant(
        "row: another order", HARMLESS, doc, replace(doc, rows=(doc.header, *body)).raw()
    )


def _with_columns(doc: Doc, order: Sequence[int]) -> Doc:
    return replace(doc, rows=tuple(tuple(row[at] for at in order) for row in doc.rows))


def _shuffled_columns(rng: Random, doc: Doc) -> Mutant:
    order = rng.sample(range(len(doc.header)), len(doc.header))
    return _mutant("column: another order", HARMLESS, doc, _with_columns(doc, order).raw())


def _swapped_headings(rng: Random, doc: Doc) -> Mutant | None:
    if len(doc.header) < 2:
        return None
    one, other = rng.sample(range(len(doc.header)), 2)
    header = list(doc.header)
    header[one], header[other] = header[other], header[one]
    rows = (tuple(header), *doc.rows[1:])
    return _mutant("column: two headings swapped", OPEN, doc, replace(doc, rows=rows).raw())


def _extra_column(rng: Random, doc: Doc) -> Mutant:
    name = rng.choice(["catatan", "keterangan", "no", "kode_bps", "nama_provinsi", "Unnamed: 0"])
    at = rng.randrange(len(doc.header) + 1)
    rows = tuple(
        (*row[:at], name if i == 0 else str(i), *row[at:]) for i, row in enumerate(doc.rows)
    )
    raw = replace(doc, rows=rows).raw()
    return _mutant("column: one more", UNCLEAR, doc, raw, line=1, column=name, written=name)


def _renamed(rng: Random, doc: Doc) -> Mutant | None:
    at = rng.randrange(len(doc.header))
    name = doc.header[at]
    ways = [name.upper(), name.title(), name.replace("_", " "), name + "s", name[:-1], name + "."]
    if len(name) > 4:
        i = len(name) // 2
        ways.append(name[:i] + name[i + 1] + name[i] + name[i + 2 :])
    other = rng.choice([way for way in ways if way != name])
    if other in doc.table.names:
        return None
    rows = ((*doc.header[:at], other, *doc.header[at + 1 :]), *doc.rows[1:])
    raw = replace(doc, rows=rows).raw()
    return _mutant("column: renamed", WRONG, doc, raw, line=1, column=other, written=other)


def _removed_column(rng: Random, doc: Doc) -> Mutant | None:
    needed = [at for at in range(len(doc.header)) if (c := doc.column(at)) and c.required]
    if not needed:
        return None
    at = rng.choice(needed)
    less = _with_columns(doc, [i for i in range(len(doc.header)) if i != at])
    return _mutant("column: missing", WRONG, doc, less.raw(), line=1, column=doc.header[at])


def _doubled_column(rng: Random, doc: Doc) -> Mutant:
    at = rng.randrange(len(doc.header))
    more = _with_columns(doc, [*range(len(doc.header)), at])
    return _mutant("column: doubled", WRONG, doc, more.raw(), line=1, column=doc.header[at])


def _nameless_column(rng: Random, doc: Doc) -> Mutant:
    at = rng.randrange(len(doc.header))
    rows = ((*doc.header[:at], "", *doc.header[at + 1 :]), *doc.rows[1:])
    return _mutant("column: heading blank", OPEN, doc, replace(doc, rows=rows).raw(), line=1)


def _whole_column(
    doc: Doc, rng: Random, change: Callable[[Column, str], str | None]
) -> tuple[int, Doc] | None:
    """Write every figure of a column in another way; None where that is not possible."""
    numbers = [at for at in range(len(doc.header)) if _is_number(doc.column(at))]
    rng.shuffle(numbers)
    for at in numbers:
        column = doc.column(at)
        assert column is not None
        cells = [change(column, row[at]) if row[at] else "" for row in doc.rows[1:]]
        if None not in cells and any(cells):
            rows = [
                (*row[:at], str(cell), *row[at + 1 :])
                for row, cell in zip(doc.rows[1:], cells, strict=True)
            ]
            return at, replace(doc, rows=(doc.header, *rows))
    return None


def _column_of_commas(rng: Random, doc: Doc) -> Mutant | None:
    found = _whole_column(doc, rng, lambda _, text: text.replace(".", ",") if "." in text else None)
    if not found:
        return None
    at, spoilt = found
    kind = "column: all with decimal commas"
    return _mutant(kind, WRONG, doc, spoilt.raw(), column=doc.header[at])


def _column_of_thousands(rng: Random, doc: Doc) -> Mutant | None:
    found = _whole_column(doc, rng, lambda _, text: _grouped(text, ".", ","))
    if not found:
        return None
    at, spoilt = found
    kind = "column: all with points between thousands"
    return _mutant(kind, WRONG, doc, spoilt.raw(), column=doc.header[at])


SCALES = {
    "t": {"kg": 1000, "ribu ton": "0.001", "kuintal": 10},
    "people": {"ribu jiwa": "0.001"},
    "IDR/t": {"Rp/kg": "0.001"},
    "km": {"m": 1000},
    "fraction": {"persen": 100, "%": 100},
}
"""By our unit: units of others, and how many of them are one of ours."""


def _unit_in_heading(rng: Random, doc: Doc) -> Mutant | None:
    units: dict[str, str] = {}

    def scaled(column: Column, text: str) -> str | None:
        known = SCALES.get(column.unit)
        if not known:
            return None
        unit = units.setdefault(column.name, rng.choice([*known]))
        return f"{Decimal(text) * Decimal(known[unit]):f}"

    found = _whole_column(doc, rng, scaled)
    if not found:
        return None
    at, spoilt = found
    name = f"{doc.header[at]} [{units[doc.header[at]]}]"
    rows = ((*doc.header[:at], name, *doc.header[at + 1 :]), *spoilt.rows[1:])
    raw = replace(doc, rows=rows).raw()
    return _mutant(
        "column: unit in the heading", HARMLESS, doc, raw, column=doc.header[at], written=name
    )


def _wrong_unit(rng: Random, doc: Doc) -> Mutant | None:
    numbers = [at for at in range(len(doc.header)) if _is_number(doc.column(at))]
    if not numbers:
        return None
    at = rng.choice(numbers)
    column = doc.column(at)
    assert column is not None
    units = [
        "karung",
        "1.000 " + (column.unit or "x"),
        "2023",
        "**",
        "t" * 5000,
        "m^99",
        "kg*1e400",
    ]
    units.append("liter" if column.unit != "liter" else "m")
    name = f"{doc.header[at]} [{rng.choice(units)}]"
    rows = ((*doc.header[:at], name, *doc.header[at + 1 :]), *doc.rows[1:])
    raw = replace(doc, rows=rows).raw()
    kind = "column: a wrong unit in the heading"
    return _mutant(kind, WRONG, doc, raw, column=doc.header[at], written=name[:60])


def _has_decimals(doc: Doc) -> bool:
    return any(
        "." in row[at]
        for at in range(len(doc.header))
        if _is_number(doc.column(at))
        for row in doc.rows[1:]
    )


def _comma_form(doc: Doc, *, grouped: bool) -> list[tuple[str, ...]]:
    rows = [doc.header]
    for row in doc.rows[1:]:
        cells = list(row)
        for at in range(len(doc.header)):
            if _is_number(doc.column(at)) and cells[at] and "e" not in cells[at].lower():
                by_threes = _grouped(cells[at], ".", ",") if grouped else None
                cells[at] = by_threes or cells[at].replace(".", ",")
        rows.append(tuple(cells))
    return rows


def _indonesian(rng: Random, doc: Doc) -> Mutant | None:
    """Save it as Excel does in Indonesian: semicolons, decimal commas, perhaps grouped thousands."""
    if len(doc.header) < 2 or not _has_decimals(doc):
        return None
    rows = _comma_form(doc, grouped=rng.random() < 0.5)
    raw = doc.text(rows=rows, mark=";")
    return _mutant("file: semicolons and decimal commas", HARMLESS, doc, raw)


def _semicolons_and_points(rng: Random, doc: Doc) -> Mutant | None:
    if not _has_decimals(doc):
        return None
    kind = "file: semicolons and decimal points"
    return _mutant(kind, UNCLEAR, doc, doc.text(mark=";"))


def _other_mark(rng: Random, doc: Doc) -> Mutant:
    mark = rng.choice("\t|:")
    return _mutant("file: another separator", UNCLEAR, doc, doc.text(mark=mark), written=repr(mark))


def _quoted(rng: Random, doc: Doc) -> Mutant:
    raw = doc.text(quoting=csv.QUOTE_ALL)
    return _mutant("file: everything in quotes", HARMLESS, doc, raw)


def _line_ends(rng: Random, doc: Doc) -> Mutant:
    raw = doc.text().replace("\n", "\r\n")
    return _mutant("file: Windows line ends", HARMLESS, doc, raw)


def _old_line_ends(rng: Random, doc: Doc) -> Mutant:
    return _mutant("file: line ends of old Macs", UNCLEAR, doc, doc.text().replace("\n", "\r"))


def _odd_line_end(rng: Random, doc: Doc) -> Mutant:
    lines = doc.text().splitlines(keepends=True)
    at = rng.randrange(len(lines))
    lines[at] = lines[at].rstrip("\n") + rng.choice(["\u2028", "\x0c", "\x1e", "\x85"]) + "\n"
    return _mutant("file: an odd line end", OPEN, doc, "".join(lines))


def _bom(rng: Random, doc: Doc) -> Mutant:
    return _mutant("file: byte order mark", HARMLESS, doc, b"\xef\xbb\xbf" + doc.raw())


def _cp1252(rng: Random, doc: Doc) -> Mutant | None:
    free = [at for at in range(len(doc.header)) if _is_free(doc.column(at))]
    if not free:
        return None
    row, at = _some_row(rng, doc), rng.choice(free)
    spoilt = doc.with_cell(row, at, doc.rows[row][at] + " é")
    try:
        raw = spoilt.text().encode("cp1252")
    except UnicodeEncodeError:
        return None
    line = 0 if any(byte > 127 for byte in doc.raw()) else spoilt.line(row)
    return _mutant("file: cp1252", WRONG, doc, raw, line=line)


def _is_free(column: Column | None) -> bool:
    return column is not None and column.kind == "text" and not column.refers and not column.key


def _utf16(rng: Random, doc: Doc) -> Mutant:
    form = rng.choice(["utf-16", "utf-16-le", "utf-32"])
    return _mutant("file: UTF-16", UNCLEAR, doc, doc.text().encode(form), written=form)


def _nul(rng: Random, doc: Doc) -> Mutant:
    raw = bytearray(doc.raw())
    raw[rng.randrange(len(raw))] = 0
    return _mutant("file: a NUL byte", WRONG, doc, bytes(raw))


def _flipped(rng: Random, doc: Doc) -> Mutant:
    raw = bytearray(doc.raw())
    for _ in range(rng.randrange(1, 4)):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return _mutant("file: bytes by chance", OPEN, doc, bytes(raw))


def _cut(rng: Random, doc: Doc) -> Mutant | None:
    """Cut the file within a row, before its last separator."""
    row = _some_row(rng, doc)
    before = doc.text(rows=doc.rows[:row])
    last = doc.text(rows=[doc.rows[row]]).rstrip("\n")
    end = last.rfind(",")
    if end < 1 or '"' in last:
        return None
    cut = last[: rng.randrange(1, end + 1)]
    if not cut.strip(", "):
        return None
    line = before.count("\n") + 1
    return _mutant("file: cut within a row", WRONG, doc, before + cut, line=line)


def _open_quote(rng: Random, doc: Doc) -> Mutant:
    row = _some_row(rng, doc)
    before = doc.text(rows=doc.rows[:row])
    raw = before + '"' + doc.text(rows=doc.rows[row:]).replace('"', "")
    return _mutant("file: a quote that stays open", WRONG, doc, raw, line=before.count("\n") + 1)


def _empty(rng: Random, doc: Doc) -> Mutant:
    raw = rng.choice([b"", b"\n\n", b"\xef\xbb\xbf", b" "])
    truth = WRONG
    return _mutant("file: empty", truth, doc, raw)


def _only_header(rng: Random, doc: Doc) -> Mutant:
    return _mutant("file: header only", OPEN, doc, doc.text(rows=doc.rows[:1]))


def _gone(rng: Random, doc: Doc) -> Mutant:
    truth = WRONG if doc.table.required else OPEN
    return Mutant("file: missing", truth, {doc.file: None})


def _misnamed(rng: Random, doc: Doc) -> Mutant | None:
    stem = doc.file.removesuffix(".csv")
    other = rng.choice(
        [f"{stem}s", f"{stem} (1)", f"{stem[:-1]}", f"{stem}_final", f"Copy of {stem}"]
    )
    file = f"{other}.csv"
    if file == doc.file or other in {"port", "need"}:
        return None
    return Mutant("file: misnamed", WRONG, {doc.file: None, file: doc.raw()}, file, written=file)


def _grown(rng: Random, doc: Doc) -> Mutant:
    wide = tuple((*row, *[""] * 300) for row in doc.rows)
    return _mutant("file: empty columns behind", OPEN, doc, replace(doc, rows=wide).raw())


ROWS: dict[str, Spoil] = {
    "row: doubled": _doubled_row,
    "row: removed": _removed_row,
    "row: a total at the end": _total_row,
    "row: a title on top": _title,
    "row: a note below": _note,
    "row: the header again": _header_again,
    "row: blank ones": _blank_rows,
    "row: cut short": _short_row,
    "row: one cell more": _long_row,
    "row: another order": _shuffled_rows,
}
COLUMNS: dict[str, Spoil] = {
    "column: another order": _shuffled_columns,
    "column: two headings swapped": _swapped_headings,
    "column: one more": _extra_column,
    "column: renamed": _renamed,
    "column: missing": _removed_column,
    "column: doubled": _doubled_column,
    "column: heading blank": _nameless_column,
    "column: all with decimal commas": _column_of_commas,
    "column: all with points between thousands": _column_of_thousands,
    "column: unit in the heading": _unit_in_heading,
    "column: a wrong unit in the heading": _wrong_unit,
}
FILES: dict[str, Spoil] = {
    "file: semicolons and decimal commas": _indonesian,
    "file: semicolons and decimal points": _semicolons_and_points,
    "file: another separator": _other_mark,
    "file: everything in quotes": _quoted,
    "file: Windows line ends": _line_ends,
    "file: line ends of old Macs": _old_line_ends,
    "file: an odd line end": _odd_line_end,
    "file: byte order mark": _bom,
    "file: cp1252": _cp1252,
    "file: UTF-16": _utf16,
    "file: a NUL byte": _nul,
    "file: bytes by chance": _flipped,
    "file: cut within a row": _cut,
    "file: a quote that stays open": _open_quote,
    "file: empty": _empty,
    "file: header only": _only_header,
    "file: missing": _gone,
    "file: misnamed": _misnamed,
    "file: empty columns behind": _grown,
}
ALL: dict[str, Spoil] = CELLS | ROWS | COLUMNS | FILES
