"""Zips of strangers: nothing is written or run, and no more is read than there may be.

A file is refused as a whole if a name in it leads elsewhere (`..`, `/`, a drive, a link), stands twice, is
locked, or if it unpacks to more than a scenario ever holds. Sizes are counted while reading: what a zip says
of itself is not believed.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path

from planner.errors import InputError, Problem
from planner.scenario.records import unreadable

MOST_FILES = 200
MOST_BYTES = 300_000_000
_CHUNK = 1 << 20


def read_zip(path: Path) -> dict[str, bytes]:
    """Read the files of a zip.

    Parameters
    ----------
    path
        The zip; folders within it are not expected.

    Returns
    -------
    Contents by name.

    Raises
    ------
    InputError
        If it cannot be read, or is not to be trusted.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if wrong := _distrusted(path, entries):
                raise InputError(wrong)
            left, files = MOST_BYTES, {}
            for entry in entries:
                files[entry.filename] = _content(archive, entry, left, path)
                left -= len(files[entry.filename])
            return files
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        values = {"detail": str(error) or type(error).__name__}
        raise InputError([Problem("zip_broken", str(path), values=values)]) from error


def _distrusted(path: Path, entries: list[zipfile.ZipInfo]) -> list[Problem]:
    if len(entries) > MOST_FILES:
        values = {"count": len(entries), "most": MOST_FILES}
        return [Problem("zip_too_many", str(path), values=values)]
    names = [entry.filename for entry in entries]
    found = []
    for entry in entries:
        mode = entry.external_attr >> 16
        odd = stat.S_IFMT(mode) not in {0, stat.S_IFREG}
        if odd or not _plain(entry.filename) or names.count(entry.filename) > 1:
            found.append(Problem("zip_name", str(path), values={"value": entry.filename[:80]}))
        elif entry.flag_bits & 1:
            found.append(Problem("zip_locked", str(path), values={"value": entry.filename}))
    return found


def _plain(name: str) -> bool:
    """Say whether a name is that of a file in the folder itself, on any system."""
    return (
        bool(name)
        and name not in {".", ".."}
        and not set(name) & set('/\\:*?"<>|\0')
        and name.isprintable()
    )


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, path: Path) -> bytes:
    parts, size = [], 0
    with archive.open(entry) as stream:
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > left:
                values = {"most": MOST_BYTES // 1_000_000}
                raise InputError([Problem("zip_too_large", str(path), values=values)])
            parts.append(part)
    return b"".join(parts)
