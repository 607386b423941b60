"""Zips of strangers: nothing is written or run, and no more is read than there may be.

A file is refused as a whole if a name in it leads elsewhere (`..`, `/`, a drive, a link), stands twice, is
locked, or if it unpacks to more than a scenario ever holds. Sizes are counted while reading: what a zip says
of itself is not believed.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from planner.errors import InputError, Problem
from planner.formats.safe_file import MOST_BYTES as MOST_OF_TABLE
from planner.formats.safe_file import MOST_TEXT, MOST_TOML, unreadable

MOST_FILES = 200
MOST_BYTES = 100_000_000
"""Bytes of all files of a zip together that are read: twenty times the largest package of the nation."""
MOST_OF_BOOK = 60_000_000
"""Bytes of all sheets and texts of a workbook together: twenty times the workbook of the nation; 0.9 GB in memory."""
MOST_UNREAD = 300_000_000
"""Bytes of pictures and other parts of a workbook that nobody reads here."""
_MOST_OF_PART = {"xl/worksheets/": 40_000_000, "xl/sharedStrings.xml": 20_000_000}
"""Bytes of a part of a workbook by how its name begins: a sheet and its texts are read at once into memory."""
_MOST_OF_OTHERS = 4_000_000
"""Bytes of any other part that is read: a list of styles takes two hundred times its bytes in memory."""
_UNREAD = (
    "xl/media/", "xl/drawings/", "xl/charts/", "xl/pivotCache/", "xl/pivotTables/", "xl/embeddings/",
    "xl/externalLinks/", "xl/printerSettings/", "customXml/", "word/media/",
)  # fmt: skip
"""Parts that nobody reads here."""
_CHUNK = 1 << 20
NEVER = frozenset('/\\:*?"<>|')
"""Letters that some system does not take for a part of a name."""


def read_zip(path: Path) -> dict[str, bytes]:
    """Read the files of a zip that has no folders.

    Parameters
    ----------
    path
        The zip.

    Returns
    -------
    Contents by name.

    Raises
    ------
    InputError
        If it cannot be read, or is not to be trusted.
    """
    return _contents(path, flat=True)


def require_safe(path: Path) -> None:
    """Refuse a workbook that unpacks to more than there may be, before anything reads it.

    Raises
    ------
    InputError
        If it is not to be trusted.
    """
    try:
        if not zipfile.is_zipfile(path):
            return  # what is no zip is no workbook, and is told so when it is opened
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    _contents(path, flat=False)


def _contents(path: Path, *, flat: bool) -> dict[str, bytes]:
    """Read all files; those of a zip with folders are only counted, byte by byte."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if wrong := _distrusted(path, entries, flat=flat):
                raise InputError(wrong)
            files, sizes = dict[str, bytes](), Counter[int]()
            for entry in entries:
                parts, here = [], 0
                most_here = (_most_of_file if flat else _most_of)(entry.filename)
                most = _most_together(entry.filename, flat=flat)
                for part in _parts(archive, entry):
                    here, sizes[most] = here + len(part), sizes[most] + len(part)
                    if here > most_here:
                        raise InputError([_large(path, entry.filename, most_here, flat=flat)])
                    if sizes[most] > most:
                        together = {"most": most // 1_000_000}
                        raise InputError([Problem("zip_too_large", str(path), values=together)])
                    parts += [part] if flat else []
                files[entry.filename] = b"".join(parts)
            return files
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    except _BROKEN as error:
        values = {"detail": str(error) or type(error).__name__}
        raise InputError([Problem("zip_broken", str(path), values=values)]) from error


def _most_of(part: str) -> int:
    """Return the bytes that a part of a workbook may have."""
    if part.startswith(_UNREAD):
        return MOST_UNREAD
    return next(
        (n for begin, n in _MOST_OF_PART.items() if part.startswith(begin)), _MOST_OF_OTHERS
    )


def _most_together(part: str, *, flat: bool) -> int:
    """Return the bytes that a file may have together with all others of its kind."""
    if flat:
        return MOST_BYTES
    return MOST_UNREAD if part.startswith(_UNREAD) else MOST_OF_BOOK


def _most_of_file(name: str) -> int:
    """Return the bytes that a file of a package may have: as many as the same file in a folder."""
    return {".json": MOST_TEXT, ".toml": MOST_TOML}.get(Path(name).suffix, MOST_OF_TABLE)


def _large(path: Path, part: str, most: int, *, flat: bool) -> Problem:
    mega = {"most": most // 1_000_000}
    if flat:
        return Problem("file_too_large", f"{path}/{part[:80]}", values=mega)
    return Problem("zip_part_too_large", str(path), values={"value": part[:80], **mega})


def _parts(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while part := stream.read(_CHUNK):
            yield part


_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error)


def _distrusted(path: Path, entries: list[zipfile.ZipInfo], *, flat: bool) -> list[Problem]:
    if len(entries) > MOST_FILES:
        many = {"count": len(entries), "most": MOST_FILES}
        return [Problem("zip_too_many", str(path), values=many)]
    count = Counter(entry.filename for entry in entries)
    found = []
    for entry in entries:
        name, mode = entry.filename, entry.external_attr >> 16
        odd = stat.S_IFMT(mode) not in {0, stat.S_IFREG} or count[name] > 1
        if odd or not all(map(_plain, [name] if flat else name.split("/"))):
            found.append(Problem("zip_name", str(path), values={"value": name[:80]}))
        elif entry.flag_bits & 1:
            found.append(Problem("zip_locked", str(path), values={"value": name}))
    return found


def _plain(name: str) -> bool:
    """Return whether a name is that of a file in the folder itself, on any system."""
    return name not in {"", ".", ".."} and not set(name) & NEVER and name.isprintable()
