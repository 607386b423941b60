"""Files of strangers: broken ones, and ones that were made to do harm."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{head}'
    "<sheetData>{rows}</sheetData>{tail}</worksheet>"
)
ALL_MERGED = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)


def zipped(*entries: tuple[str, bytes], mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, content, method)
    return buffer.getvalue()


def named(*names: str) -> bytes:
    return zipped(*((name, b"x") for name in names))


def patched(raw: bytes, at: int, value: bytes, mark: bytes = b"PK\x01\x02") -> bytes:
    """Change the first directory entry of a zip."""
    start = raw.index(mark)
    return raw[: start + at] + value + raw[start + at + len(value) :]


def book(change: Callable[[Workbook], None] | None = None) -> bytes:
    made = Workbook()
    made.active.title = "Produksi"
    made.active.append(["province", "commodity", "tonnes", "source"])
    if change:
        change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def with_parts(parts: Mapping[str, bytes], without: str = "") -> bytes:
    """Return a workbook with some of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(book())) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != without}
    return zipped(*{**files, **parts}.items())


def sheet(rows: str, head: str = "", tail: str = "") -> bytes:
    content = SHEET.format(rows=rows, head=head, tail=tail).encode()
    return with_parts({"xl/worksheets/sheet1.xml": content})


def cell(place: str, row: int) -> str:
    return f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'


ZIPS: dict[str, bytes | Callable[[], bytes]] = {
    "climbs": named("../planner.py"),
    "climbs twice": named("a/../../b.csv"),
    "climbs on windows": named("..\\planner.py"),
    "absolute": named("/etc/passwd"),
    "drive": named("C:evil.csv"),
    "folder": named("folder/production.csv"),
    "only a folder": named("folder/"),
    "dots": named(".."),
    "no name": patched(named("a"), 28, b"\0\0"),
    "control character": named("a\nb.csv"),
    "right to left": named("gpj.\u202evsc.csv"),
    "question mark": named("what?.csv"),
    "twice the same": named("production.csv", "production.csv"),
    "link": zipped(("production.csv", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777),
    "device": zipped(("production.csv", b""), mode=stat.S_IFCHR | 0o666),
    "pipe": zipped(("production.csv", b""), mode=stat.S_IFIFO | 0o666),
    "password": patched(named("production.csv"), 8, b"\x01\x00"),
    "bomb": lambda: zipped(("production.csv", b"\0" * 301_000_000)),
    "bomb that lies about its size": lambda: patched(
        zipped(("production.csv", b"\0" * 301_000_000)), 24, struct.pack("<I", 10)
    ),
    "a thousand files": named(*(f"{n}.csv" for n in range(1000))),
    "unknown method": patched(named("production.csv"), 10, struct.pack("<H", 77)),
    "wrong checksum": patched(named("production.csv"), 16, b"\1\2\3\4"),
    "cut": named("production.csv")[:-30],
    "empty": b"",
    "no zip": b"province,commodity\n",
    "no package": named("production.csv"),
    "zip of a zip": zipped(("inner.zip", named("production.csv"))),
}
BOOKS: dict[str, bytes | Callable[[], bytes]] = {
    "empty": b"",
    "text": b"province,commodity\n",
    "old excel": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "cut": book()[:-200],
    "zip without sheets": named("readme.txt"),
    "climbing part": with_parts({"xl/../../evil.xml": b"<x/>"}),
    "no workbook": with_parts({}, without="xl/workbook.xml"),
    "no sheet": with_parts({}, without="xl/worksheets/sheet1.xml"),
    "no content types": with_parts({}, without="[Content_Types].xml"),
    "broken sheet": with_parts({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}),
    "binary sheet": with_parts({"xl/worksheets/sheet1.xml": bytes(range(256))}),
    "entities": with_parts(
        {"xl/sharedStrings.xml": (ENTITIES + "<sst>&a11;</sst>").encode()}
    ),
    "entities in a sheet": with_parts(
        {"xl/worksheets/sheet1.xml": (ENTITIES + SHEET.format(rows="&a11;", head="", tail="")).encode()}
    ),
    "outer entity": with_parts(
        {"xl/worksheets/sheet1.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
         + SHEET.format(rows="&e;", head="", tail="").encode()}
    ),
    "bomb": lambda: with_parts({"xl/media/a.bin": b"\0" * 301_000_000}),
    "sheets that are too much together": lambda: with_parts(
        {f"xl/worksheets/sheet{number}.xml": b" " * 31_000_000 for number in (2, 3)}
    ),
    "a billion rows declared": sheet("", '<dimension ref="A1:XFD1000000000"/>'),
    "row a billion": sheet(cell("A1000000000", 1_000_000_000)),
    "the last row of excel": sheet(cell("A1048576", 1_048_576)),
    "the last column": sheet(cell("XFD1", 1)),
    "column beyond all": sheet(cell("AAAA1", 1)),
    "a place that is none": sheet(cell("??", 1)),
    "a row that is none": sheet('<row r="x"><c r="A1"><v>1</v></c></row>'),
    "a string that is not there": sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
    "a number that is none": sheet('<row r="1"><c r="A1" t="n"><v>one</v></c></row>'),
    "merged all over": sheet('<row r="1"><c r="A1"><v>1</v></c></row>', tail=ALL_MERGED),
    "formula": book(lambda made: made.active.append(["=CMD()", "beras", 1, "x"])),
    "link out": book(lambda made: made.active.append(['=HYPERLINK("http://x")', "b", 1, "x"])),
}  # fmt: skip


def write(folder: Path, name: str, content: bytes | Callable[[], bytes]) -> Path:
    file = folder / name
    file.write_bytes(content() if callable(content) else content)
    return file
