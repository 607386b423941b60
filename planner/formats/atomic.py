"""The one writer: files and folders of results take their name only when they are whole.

What stood under the name before any work may be replaced where that was asked for. What came there meanwhile never
is: the finished result is then kept under another name, and that is told.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from planner.errors import OptionError, OutputError
from planner.formats.workshop import backup_path, hold_signals, temporary_folder

type Mark = tuple[int, ...]
"""What tells a file or folder from another of the same name."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a result goes.

    Parameters
    ----------
    path
        As the user named it.
    before
        What stood there before any work and may be replaced; None where nothing may.
    proof
        Of a folder: the file in it that says that it is a result of the same kind.
    """

    path: Path
    before: Mark | None = None
    proof: str = ""

    @property
    def real(self) -> Path:
        """The path behind a link."""
        return Path(os.path.realpath(self.path)) if self.path.is_symlink() else self.path

    def is_as_before(self) -> bool:
        """Return whether what stands there now is what may be replaced."""
        return self.before is not None and _mark(self.real, self.proof) == self.before


def inspect_target(path: Path, proof: str = "") -> Target:
    """Inspect where a result goes, before any work: what stands there now may be replaced.

    Parameters
    ----------
    path
        As the user named it.
    proof
        Of a folder: the file in it that says that it is a result of the same kind.
    """
    place = Target(path, proof=proof)
    return Target(path, _mark(place.real, proof), proof)


def require_new_file(path: Path, taken: str, *, force: bool) -> Target:
    """Refuse a file that must not be written to, before any work is done.

    Parameters
    ----------
    path
        As the user named it.
    taken
        Name of the sentence in the message catalogue that says that it exists already.
    force
        Whether a file that is there may be replaced.

    Returns
    -------
    Where the result goes, for `atomic_file`.

    Raises
    ------
    OptionError
        If it exists and is no file, or `force` is not given.
    """
    if not exists(path):
        return Target(path)
    if not (force and path.is_file()):
        raise OptionError(taken, out=path, file=path)
    return inspect_target(path)


def exists(path: Path) -> bool:
    """Return whether anything stands under a name.

    Raises
    ------
    OutputError
        If that cannot be found out.
    """
    try:
        return path.exists() or path.is_symlink()
    except OSError as error:
        raise OutputError.of(path, error) from error


@contextmanager
def atomic_folder(place: Target | Path) -> Iterator[Path]:
    """Return a folder to write into that takes its name only when all has gone well.

    Parameters
    ----------
    place
        Where it goes; a mere path replaces nothing.

    Raises
    ------
    OutputError
        If it cannot be written; nothing is left behind then, nor after Ctrl-C. Also if the name was
        taken meanwhile: the folder is then kept under another name.
    """
    place = _placed(place)
    try:
        with temporary_folder(place.real) as room:
            yield room
            with hold_signals():
                room.chmod(0o755)
                if not (_replaced(room, place) or _moved(room, place.real)):
                    _keep([room], [place])
    except OSError as error:
        raise OutputError.of(place.path, error) from error


@contextmanager
def atomic_file(place: Target | Path) -> Iterator[Path]:
    """Return a file to write that takes its name only when all has gone well.

    Parameters
    ----------
    place
        Where it goes; a mere path replaces nothing.

    Raises
    ------
    OutputError
        As `atomic_folder` does.
    """
    with atomic_files([place]) as [file]:
        yield file


@contextmanager
def atomic_files(places: Sequence[Target | Path]) -> Iterator[list[Path]]:
    """Return files of one folder to write that take their names only when all of them are whole.

    Parameters
    ----------
    places
        Where they go; a mere path replaces nothing.

    Raises
    ------
    OutputError
        As `atomic_folder` does.
    """
    found = list(map(_placed, places))
    try:
        with temporary_folder(found[0].real) as room:
            files = [room / place.path.name for place in found]
            yield files
            with hold_signals():
                if not all(place.is_as_before() or not exists(place.real) for place in found):
                    _keep(files, found)
                for file, place in zip(files, found, strict=True):
                    if place.is_as_before():
                        file.replace(place.real)
                    elif not _moved(file, place.real):
                        _keep([file], [place])
    except OSError as error:
        raise OutputError.of(found[0].path, error) from error


def _placed(place: Target | Path) -> Target:
    return place if isinstance(place, Target) else Target(place)


def _mark(path: Path, proof: str) -> Mark | None:
    try:
        seen, inner = path.stat(), (path / proof if proof else path).stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino, inner.st_mtime_ns, inner.st_size


def _replaced(room: Path, place: Target) -> bool:
    """Put a folder into the place of another, unless that is no longer the one that may go."""
    if not place.is_as_before():
        return False
    path, old = place.real, backup_path(room)
    try:
        path.rename(old)
    except OSError:  # on Windows: a file in it is open
        return False
    if _mark(old, place.proof) != place.before or not _moved(room, path):
        _moved(old, path)
        return False
    return True


def _moved(made: Path, path: Path) -> bool:
    """Move a result to a name that is free; never over what is there."""
    try:
        if exists(path):
            return False
        if made.is_dir() or not hasattr(os, "link"):
            made.rename(path)
        else:
            _linked(made, path)
    except FileExistsError:
        return False
    return True


def _linked(made: Path, path: Path) -> None:
    """Move a file by a link, which fails where the name is taken; not every file system has links."""
    try:
        path.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:
        made.rename(path)
    else:
        made.unlink()


def _keep(made: Sequence[Path], places: Sequence[Target]) -> None:
    """Keep what was made under names that are free."""
    for number in count(2):
        free = [
            _numbered(place.real, number, file) for file, place in zip(made, places, strict=True)
        ]
        if not any(map(exists, free)):
            break
    for file, path in zip(made, free, strict=True):
        file.rename(path)
    taken = next(place.path for place in places if exists(place.real))
    raise OutputError("command.out_taken", folder=taken, kept=", ".join(map(str, free)))


def _numbered(path: Path, number: int, made: Path) -> Path:
    if made.is_dir():
        return path.with_name(f"{path.name}-{number}")
    return path.with_name(f"{path.stem}-{number}{path.suffix}")
