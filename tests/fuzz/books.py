"""A workbook made from a shipped scenario, spoilt as only Excel or its users can."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

from planner.errors import Problem
from planner.formats.read_raw import read_source
from planner.scenario import TABLES
from planner.schema.columns import Column

from .commands import called
from .judge import Answer
from .mutant import Contents, Mutant, Truth
from .numbers import WAYS
from .obey import Edit, edits_of
from .packages import zipped
from .scenarios import SHIPPED, Changed, asked
from .sheets import _ways_of

WRONG, HARMLESS, UNCLEAR, OPEN = Truth.WRONG, Truth.HARMLESS, Truth.UNCLEAR, Truth.OPEN
BOOK = "isian.xlsx"


class Place(NamedTuple):
    """A cell of a table in a workbook: where it is, its column, and its text as a CSV file has it."""

    sheet: str
    letter: str
    row: int
    column: Column
    text: str


class BookSubject:
    """A shipped scenario as a workbook.

    Parameters
    ----------
    scenario
        Its name.
    place
        An empty folder to work in.
    """

    def __init__(self, scenario: str, place: Path) -> None:
        self.name, self.root = f"book-{scenario}", place / "skenario"
        for base in SHIPPED.iterdir():
            if base.is_dir():
                (place / base.name).symlink_to(base)
        self.root.mkdir()
        self.book = self.root / BOOK
        problems, crash, done, _ = called("convert", SHIPPED / scenario, self.book)
        assert done, (problems, crash)
        self.raw = self.book.read_bytes()
        self.files = {BOOK: self.raw}
        with zipfile.ZipFile(io.BytesIO(self.raw)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.part_of = _part_of(self.parts)
        folder = read_source(self.book, [])
        self.places = [
            Place(
                sheet.name,
                sheet.letters[name],
                int(row["_line"]),
                TABLES[table].column(name),
                row[name],
            )
            for table, frame in folder.tables.items()
            for sheet in [folder.sheets[f"{table}.csv"]]
            for row in frame.head(400).to_dict("records")
            for name in folder.headers[table]
            if row[name]
        ]
        self.sheets = {
            sheet.name: sheet for name, sheet in folder.sheets.items() if name.endswith(".csv")
        }
        self.heads = dict.fromkeys(place.sheet for place in self.places)
        self.sound = self.ask({}).figures
        assert self.sound is not None

    def mutant(self, rng: Random) -> Mutant:
        """Spoil a cell, a sheet, or the file."""
        while True:
            way = rng.choice(
                [self._typed, self._typed, self._typed, self._excel, self._sheet, self._file]
            )
            if (found := way(rng)) is not None:
                return found

    def ask(self, contents: Contents) -> Answer:
        """Let `planner check` look at the workbook."""
        with Changed(self.root, self.files, contents):
            return asked(self.book)

    def obey(self, contents: Contents, problems: Sequence[Problem]) -> Contents | None:
        """Do what the messages ask, as far as it is a matter of cells."""
        edits = [edit for edit in edits_of(problems) if edit.letter and edit.line]
        now = contents[BOOK]
        if not edits or now is None:
            return None
        with zipfile.ZipFile(io.BytesIO(now)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        part_of = _part_of(parts)
        for edit in edits:
            if edit.sheet in part_of:
                name = part_of[edit.sheet]
                parts[name] = _obeyed(parts[name], edit)
        after = zipped(parts)
        return None if parts == self._read(now) else {BOOK: after}

    def _read(self, raw: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def _with(self, changed: Mapping[str, bytes | None]) -> bytes:
        parts = {name: raw for name, raw in {**self.parts, **changed}.items() if raw is not None}
        return zipped(parts)

    def _cell(
        self,
        kind: str,
        truth: Truth,
        place: Place,
        xml: str,
        written: str,
        *,
        original: bool = True,
    ) -> Mutant:
        name = self.part_of[place.sheet]
        raw = _with_cell(self.parts[name], f"{place.letter}{place.row}", xml)
        contents = {BOOK: self._with({name: raw})}
        return Mutant(
            kind,
            truth,
            contents,
            place.sheet,
            place.row,
            place.column.name,
            written,
            original=original,
        )

    def _typed(self, rng: Random) -> Mutant | None:
        """Write a text into a cell."""
        place = rng.choice(self.places)
        ways = _ways_of(place.column)
        kind = rng.choice([*ways])
        try:
            found = ways[kind](rng, place.column, place.text)
        except (ArithmeticError, ValueError):
            return None
        if found is None or found.text == place.text or not _fits(found.text):
            return None
        truth = found.truth
        if not found.text:
            return self._cell(f"book, {kind}", truth, place, "", "")
        return self._cell(
            f"book, {kind}", truth, place, _text(found.text), found.text, original=found.original
        )

    def _excel(self, rng: Random) -> Mutant | None:
        """Spoil a cell as Excel does."""
        place = rng.choice(self.places)
        number = place.column.kind in {"number", "month"}
        way = rng.choice(_EXCEL)
        return way(self, rng, place, number)

    def _sheet(self, rng: Random) -> Mutant | None:
        """Spoil a whole sheet."""
        name = rng.choice([*self.heads])
        return rng.choice(_SHEET)(self, rng, name)

    def _file(self, rng: Random) -> Mutant | None:
        """Spoil the file."""
        way = rng.choice(["cut", "bit", "part", "part gone", "text", "empty", "again", "path"])
        if way == "cut":
            return Mutant(
                "book: cut", WRONG, {BOOK: self.raw[: rng.randrange(len(self.raw) - 22)]}, BOOK
            )
        if way == "bit":
            spoilt = bytearray(self.raw)
            spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
            return Mutant("book: a bit turned", OPEN, {BOOK: bytes(spoilt)}, BOOK)
        if way == "part":
            part = rng.choice([*self.parts])
            raw = bytearray(self.parts[part])
            at = rng.randrange(len(raw))
            raw[at : at + rng.randrange(1, 4)] = rng.choice(
                [b"", b"<", b"&", b"\0", b">", b'"', b"9999999999"]
            )
            return Mutant(
                "book: broken XML", OPEN, {BOOK: self._with({part: bytes(raw)})}, BOOK, written=part
            )
        if way == "part gone":
            part = rng.choice([*self.parts])
            return Mutant(
                "book: a part missing", OPEN, {BOOK: self._with({part: None})}, BOOK, written=part
            )
        if way == "text":
            return Mutant("book: no workbook", WRONG, {BOOK: b"province;tonnes\n11;5\n"}, BOOK)
        if way == "empty":
            return Mutant(
                "book: empty", WRONG, {BOOK: rng.choice([b"", b"PK\x05\x06" + b"\0" * 18])}, BOOK
            )
        if way == "path":
            odd = rng.choice(["../x.xml", "/etc/x.xml", "xl\\x.xml"])
            return Mutant(
                "book: an odd part",
                OPEN,
                {BOOK: zipped(self.parts, (odd, b"<x/>"))},
                BOOK,
                written=odd,
            )
        return Mutant("book: packed again", HARMLESS, {BOOK: self._with({})}, BOOK)


def _fits(text: str) -> bool:
    """Return whether a text can stand in XML and in a cell of Excel."""
    return len(text) < 32_000 and not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", text)


def _text(text: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is>'


def _part_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part of the zip of each sheet, by its name."""
    try:
        book = parts["xl/workbook.xml"].decode()
        links = parts["xl/_rels/workbook.xml.rels"].decode()
    except (KeyError, UnicodeDecodeError):
        return {}
    targets = {}
    for link in re.findall(r"<Relationship [^>]*>", links):
        found = dict(re.findall(r'(\w+)="([^"]*)"', link))
        targets[found.get("Id", "")] = found.get("Target", "").removeprefix("/xl/")
    sheets = {}
    for sheet in re.findall(r"<sheet [^>]*>", book):
        found = dict(re.findall(r'([\w:]+)="([^"]*)"', sheet))
        sheets[found["name"]] = f"xl/{targets.get(found.get('r:id', found.get('id', '')), '')}"
    return sheets


def _with_cell(xml: bytes, at: str, inner: str) -> bytes:
    """Put another cell in the place of one; `inner` is what follows its place and look."""
    pattern = re.compile(
        rf'<c r="{at}"(?P<look> s="\d+")?[^>]*?(?:/>|>.*?</c>)'.encode(), re.DOTALL
    )
    found = pattern.search(xml)
    assert found, at
    look = (found["look"] or b"").decode()
    cell = f'<c r="{at}"{look}{inner}</c>' if inner else f'<c r="{at}"{look}/>'
    return xml[: found.start()] + cell.encode("utf-8", "surrogatepass") + xml[found.end() :]


def _obeyed(xml: bytes, edit: Edit) -> bytes:
    at = f"{edit.letter}{edit.line}"
    if edit.what == "row":
        return re.sub(
            rf'<row r="{edit.line}"[^>]*>.*?</row>'.encode(), b"", xml, count=1, flags=re.DOTALL
        )
    new = edit.new
    if edit.what == "divide":
        try:
            new = repr(float(edit.old) / float(edit.new))
        except ValueError:
            return xml
    plain = (
        re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", new)
        and edit.what in {"cell", "divide"}
        and not new.startswith("0")
    )
    inner = f"><v>{new}</v>" if plain else _text(new)
    try:
        return _with_cell(xml, at, inner)
    except AssertionError:
        return xml


type Excel = Callable[[BookSubject, Random, Place, bool], Mutant | None]


def _number_as_text(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant | None:
    if not number or re.fullmatch(r"\d{1,3}\.\d{3}", place.text):
        return None
    return book._cell("book: number as text", HARMLESS, place, _text(place.text), place.text)


def _text_thousands(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant | None:
    found = (
        WAYS["number: thousands by point, decimal comma"](rng, place.column, place.text)
        if number
        else None
    )
    if not found:
        return None
    return book._cell(
        "book: thousands by point as text", WRONG, place, _text(found.text), found.text
    )


def _code_as_number(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant | None:
    if number or not place.text.isdigit():
        return None
    truth = HARMLESS if place.text == str(int(place.text)) else WRONG
    return book._cell(
        "book: code as a number", truth, place, f"><v>{int(place.text)}</v>", place.text
    )


def _error(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant:
    error = rng.choice(["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
    return book._cell("book: an error of Excel", WRONG, place, f' t="e"><v>{error}</v>', error)


def _no_value(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant:
    return book._cell("book: formula without value", WRONG, place, "><f>A1*2</f>", "=A1*2")


def _with_value(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant | None:
    if not number:
        return None
    return book._cell(
        "book: formula with its value", HARMLESS, place, f"><f>A1*2</f><v>{place.text}</v>", ""
    )


def _day(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant | None:
    if not number:
        return None
    return book._cell(
        "book: a date for a number", WRONG, place, ' t="d"><v>2023-03-01T00:00:00</v>', "2023-03-01"
    )


def _truth(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant | None:
    if not number:
        return None
    return book._cell("book: true or false", WRONG, place, ' t="b"><v>1</v>', "TRUE")


def _shared(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant:
    at = rng.choice(["999999", "-1", "x"])
    return book._cell("book: a text that is not there", OPEN, place, f' t="s"><v>{at}</v>', at)


def _wild(book: BookSubject, rng: Random, place: Place, number: bool) -> Mutant | None:
    if not number:
        return None
    value = rng.choice(["NaN", "1E400", "abc", "", "1e30", "1,5", "--1", "1e-400"])
    return book._cell("book: a wild number", OPEN, place, f"><v>{value}</v>", value)


_EXCEL: list[Excel] = [
    _number_as_text, _text_thousands, _code_as_number, _error, _no_value, _with_value, _day, _truth, _shared, _wild,
]  # fmt: skip


def _renamed(book: BookSubject, rng: Random, name: str) -> Mutant:
    other = rng.choice([f"{name} (2)", f"{name}1", f"{name[:-1]}", "Sheet1", "Data", f"{name} "])
    raw = book.parts["xl/workbook.xml"].replace(
        f'name="{name}"'.encode(), f'name="{other}"'.encode(), 1
    )
    truth = UNCLEAR if other.strip() == name else WRONG
    return Mutant(
        "sheet: renamed", truth, {BOOK: book._with({"xl/workbook.xml": raw})}, other, written=other
    )


def _hidden(book: BookSubject, rng: Random, name: str) -> Mutant:
    state = rng.choice(["hidden", "veryHidden"])
    xml = book.parts["xl/workbook.xml"]
    raw = re.sub(
        rf'(<sheet [^>]*name="{re.escape(name)}"[^>]*?)state="visible"'.encode(),
        rf'\1state="{state}"'.encode(),
        xml,
    )
    if raw == xml:
        raw = xml.replace(f'name="{name}"'.encode(), f'name="{name}" state="{state}"'.encode(), 1)
    return Mutant("sheet: hidden", HARMLESS, {BOOK: book._with({"xl/workbook.xml": raw})}, name)


def _merged(book: BookSubject, rng: Random, name: str) -> Mutant | None:
    rows = [p for p in book.places if p.sheet == name]
    place = rng.choice(rows)
    after = next((p for p in rows if p.row == place.row + 1 and p.letter == place.letter), None)
    if after is None:
        return None
    part = book.part_of[name]
    area = f"{place.letter}{place.row}:{place.letter}{after.row}"
    merged = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    raw = book.parts[part].replace(b"</sheetData>", b"</sheetData>" + merged, 1)
    raw = _with_cell(raw, f"{after.letter}{after.row}", "")
    truth = UNCLEAR if after.text == place.text else WRONG
    return Mutant(
        "sheet: merged cells",
        truth,
        {BOOK: book._with({part: raw})},
        name,
        place.row,
        place.column.name,
    )


def _row_twice(book: BookSubject, rng: Random, name: str) -> Mutant | None:
    rows = sorted({p.row for p in book.places if p.sheet == name})
    if len(rows) < 2 or not book.places:
        return None
    row, last = rng.choice(rows), rows[-1]
    part = book.part_of[name]
    xml = book.parts[part]
    found = re.search(rf'<row r="{row}".*?</row>'.encode(), xml, re.DOTALL)
    if not found:
        return None
    new = re.sub(rf'(r="[A-Z]*){row}"'.encode(), rf'\g<1>{last + 1}"'.encode(), found[0])
    raw = re.sub(rf'<row r="{last + 1}".*?</row>'.encode(), b"", xml, flags=re.DOTALL)
    raw = raw.replace(b"</sheetData>", new + b"</sheetData>", 1)
    return Mutant("sheet: a row twice", WRONG, {BOOK: book._with({part: raw})}, name, last + 1)


def _below(book: BookSubject, rng: Random, name: str) -> Mutant | None:
    """Write a total or a note below the table, or a note beside it."""
    rows = [p for p in book.places if p.sheet == name]
    last = max(p.row for p in rows) + 1
    part = book.part_of[name]
    letters = sorted({p.letter for p in rows}, key=lambda letter: (len(letter), letter))
    kind, cells = rng.choice(
        [
            ("sheet: a note below", [(letters[0], _text("Catatan: angka sementara"))]),
            ("sheet: a total below", [(letters[0], _text("Jumlah")), (letters[-2], "><v>123</v>")]),
            ("sheet: a note beside", [("AB", _text("lihat surat"))]),
        ]
    )
    row = (
        f'<row r="{last}">'
        + "".join(f'<c r="{letter}{last}"{inner}</c>' for letter, inner in cells)
        + "</row>"
    )
    raw = re.sub(rf'<row r="{last}".*?</row>'.encode(), b"", book.parts[part], flags=re.DOTALL)
    raw = raw.replace(b"</sheetData>", row.encode() + b"</sheetData>", 1)
    return Mutant(kind, WRONG, {BOOK: book._with({part: raw})}, name, last)


def _heading(book: BookSubject, rng: Random, name: str) -> Mutant | None:
    place = rng.choice([p for p in book.places if p.sheet == name])
    part = book.part_of[name]
    head = min(p.row for p in book.places if p.sheet == name) - 1
    column = place.column.name
    other = rng.choice(
        [column.upper(), column + " ", column + "s", column.replace("_", " "), column[:-1]]
    )
    if other == column or other in TABLES.get(name, TABLES["need"]).names:
        return None
    try:
        raw = _with_cell(book.parts[part], f"{place.letter}{head}", _text(other))
    except AssertionError:
        return None
    truth = UNCLEAR if other.strip() == column else WRONG
    return Mutant(
        "sheet: a heading renamed",
        truth,
        {BOOK: book._with({part: raw})},
        name,
        head,
        other.strip(),
        other,
    )


def _gone(book: BookSubject, rng: Random, name: str) -> Mutant | None:
    part = book.part_of[name]
    raw = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", book.parts[part], flags=re.DOTALL)
    return Mutant("sheet: emptied", OPEN, {BOOK: book._with({part: raw})}, name)


_SHEET = [_renamed, _hidden, _merged, _row_twice, _below, _heading, _gone]
