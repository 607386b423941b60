"""What is passed on whole: a run folder and a data package, spoilt inside, with a stale digest or a fresh one."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from planner.errors import InputError, Problem
from planner.exchange.datapackages import read_package
from planner.runs import read_run
from planner.scenario import TABLES

from . import sheets
from .commands import called
from .judge import Answer, crash_of
from .mutant import Contents, Mutant, Truth
from .scenarios import SHIPPED, Changed

WRONG, HARMLESS, UNCLEAR, OPEN = Truth.WRONG, Truth.HARMLESS, Truth.UNCLEAR, Truth.OPEN
DESCRIPTOR = "datapackage.json"
_DEEP = "[" * 5000 + "]" * 5000
_OTHERS: list[Any] = [
    None, 0, -1, 1.5, 10**400, "", "x", "a" * 5000, [], {}, [[]], {"a": 1}, True, "\x1b[31m", "../../x", "/etc/passwd",
    "NaN", "=cmd()", "<script>", ["x"] * 50,
]  # fmt: skip


def _paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each node of a JSON document."""
    parts = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in parts:
        yield (*path, key)
        yield from _paths(value, (*path, key))


def json_spoilt(rng: Random, raw: bytes) -> tuple[str, bytes, str]:
    """Spoil a JSON document: what was done, the document, and where."""
    way = rng.choice(
        [
            "another type",
            "another type",
            "key removed",
            "cut",
            "bytes by chance",
            "nested deep",
            "not finite",
            "key doubled",
        ]
    )
    document = json.loads(raw)
    if way == "cut":
        return way, raw[: rng.randrange(len(raw) - 2)], ""
    if way == "bytes by chance":
        spoilt = bytearray(raw)
        spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        return way, bytes(spoilt), ""
    if way == "nested deep":
        return way, rng.choice([_DEEP.encode(), b'{"a":' * 3000 + b"1" + b"}" * 3000]), ""
    if way == "key doubled":
        return way, raw.replace(b"{", b'{"name": 1, "name": 2, ', 1), ""
    path = rng.choice([*_paths(document)])
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    if way == "key removed":
        del parent[path[-1]]
    else:
        parent[path[-1]] = float("nan") if way == "not finite" else rng.choice(_OTHERS)
    return (
        way,
        json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        ".".join(map(str, path)),
    )


def with_digests(files: Mapping[str, bytes], changed: Sequence[str]) -> bytes | None:
    """Return the descriptor with the digests of the changed files made fresh."""
    described = json.loads(files[DESCRIPTOR])
    for entry in described["resources"]:
        if entry["path"] in changed:
            content = files[entry["path"]]
            entry["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
            if "bytes" in entry:
                entry["bytes"] = len(content)
    return json.dumps(described).encode()


class _Whole:
    """Files that vouch for each other."""

    files: dict[str, bytes]

    def inside(self, rng: Random) -> Mutant | None:
        """Spoil one of the files, or the whole."""
        name = rng.choice(sorted(self.files))
        way = rng.choice(["stale", "fresh", "fresh", "missing", "extra", "json", "json", "emptied"])
        if way == "missing":
            return Mutant("whole: a file missing", WRONG, {name: None}, name)
        if way == "extra":
            more = rng.choice(["catatan.txt", "more.csv", "x.json"])
            return Mutant("whole: a file more", OPEN, {more: b"x"}, more)
        if way == "emptied":
            return Mutant("whole: a file emptied", WRONG, {name: b""}, name)
        if way == "json":
            name = rng.choice([name for name in self.files if name.endswith(".json")])
            done, raw, path = json_spoilt(rng, self.files[name])
            if name == DESCRIPTOR or rng.random() < 0.3:
                truth = OPEN if name == DESCRIPTOR or raw == self.files[name] else WRONG
                return Mutant(f"json: {done}", truth, {name: raw}, name, written=path)
            after = {**self.files, name: raw}
            fresh = with_digests(after, [name])
            return Mutant(
                f"json, fresh digest: {done}",
                OPEN,
                {name: raw, DESCRIPTOR: fresh},
                name,
                written=path,
            )
        if not name.endswith(".csv") or self.files[name].count(b"\n") < 2:
            return None
        return self._table(rng, name, fresh=way == "fresh")

    def _table(self, rng: Random, name: str, *, fresh: bool) -> Mutant | None:
        stem = name.rpartition("/")[2].removesuffix(".csv")
        own = TABLES.get(stem)
        doc = sheets.doc_of(name, own or sheets.Table(stem, "", ()), self.files[name])
        kinds = [
            kind for kind in sheets.ALL if not kind.startswith(("file: missing", "file: misnamed"))
        ]
        found = sheets.ALL[rng.choice(kinds)](rng, doc)
        if found is None or found.contents[name] == self.files[name]:
            return None
        raw = found.contents[name]
        assert raw is not None
        if not fresh:
            return Mutant(
                f"stale digest: {found.kind.partition(':')[0]}",
                WRONG,
                {name: raw},
                name,
                written=found.kind,
            )
        descriptor = with_digests({**self.files, name: raw}, [name])
        contents = {name: raw, DESCRIPTOR: descriptor}
        sure = self.checked and own is not None and found.truth is WRONG
        kind = f"fresh digest: {found.kind}"
        return Mutant(
            kind,
            WRONG if sure else OPEN,
            contents,
            name,
            found.line,
            found.column,
            found.written,
            original=found.original,
        )

    checked = True
    """Whether the cells of the tables inside are checked as those of a scenario are."""

    def obey(self, contents: Contents, problems: Sequence[Problem]) -> Contents | None:
        """Do nothing: nobody mends what has a digest by hand."""
        return None


class RunSubject(_Whole):
    """A run folder of `dua-pulau`, read by the commands that take one."""

    checked = False

    def __init__(self, place: Path) -> None:
        self.name, self.root, self.other = "run", place / "hasil", place / "lain"
        called("run", SHIPPED / "dua-pulau", out=self.root, charts=False)
        shutil.copytree(self.root, self.other)
        self.out = place / "out"
        self.files = {
            file.relative_to(self.root).as_posix(): file.read_bytes()
            for file in sorted(self.root.rglob("*"))
            if file.is_file() and file.suffix in {".csv", ".json"}
        }
        self.sound = self.ask({}).figures
        assert self.sound is not None

    def mutant(self, rng: Random) -> Mutant:
        """Spoil one of its files."""
        while (found := self.inside(rng)) is None:
            pass
        return found

    def ask(self, contents: Contents) -> Answer:
        """Let `planner compare`, `workbook` and `brief` read it, and give what was read."""
        with Changed(self.root, self.files, contents):
            try:
                run = read_run(self.root)
            except InputError as error:
                return Answer(error.problems)
            except (Exception, RecursionError) as error:  # noqa: BLE001 (that is what is looked for)
                return Answer([], crash=crash_of(error))
            for name, arguments, options in (
                ("compare", (self.other, self.root), {}),
                ("workbook", (self.root,), {"out": self.out / "buku.xlsx", "force": True}),
            ):
                self.out.mkdir(exist_ok=True)
                problems, crash, done, _ = called(name, *arguments, **options)
                if crash or not done:
                    return Answer(problems, None, f"{name}: {crash}" if crash else "")
            figures = {name: frame.to_csv(index=False) for name, frame in run.tables.items()}
            return Answer([], (figures, run.scenario.digest()))


class PackageSubject(_Whole):
    """A data package of `dua-pulau`, as `planner pack` writes it."""

    def __init__(self, place: Path) -> None:
        self.name, self.root = "package", place
        self.zip = place / "paket.zip"
        called("pack", SHIPPED / "dua-pulau", self.zip, level="internal")
        with zipfile.ZipFile(self.zip) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.sound = self.ask({}).figures
        assert self.sound is not None

    def mutant(self, rng: Random) -> Mutant:
        """Spoil one of its files, or the zip around them."""
        while True:
            found = self._zip(rng) if rng.random() < 0.25 else self.inside(rng)
            if found is not None:
                return found

    def _zip(self, rng: Random) -> Mutant | None:
        raw = zipped(self.files)
        names = [
            "../x.csv",
            "/x.csv",
            "C:x.csv",
            "a/b.csv",
            "a\\b.csv",
            "con.csv",
            "x\ny.csv",
            "",
            "production.csv",
        ]
        way = rng.choice(["cut", "bytes", "name", "empty", "text", "many", "large", "again"])
        if way == "cut":
            return Mutant("zip: cut", WRONG, {"": raw[: rng.randrange(len(raw) - 22)]})
        if way == "bytes":
            spoilt = bytearray(raw)
            spoilt[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
            return Mutant("zip: a bit turned", OPEN, {"": bytes(spoilt)})
        if way == "name":
            name = rng.choice(names)
            return Mutant(
                "zip: an odd name", WRONG, {"": zipped(self.files, (name, b"x"))}, written=name
            )
        if way == "empty":
            return Mutant("zip: empty", WRONG, {"": rng.choice([b"", zipped({})])})
        if way == "text":
            return Mutant("zip: no zip", WRONG, {"": b"province,commodity\n"})
        if way == "many":
            more = [(f"{n}.csv", b"") for n in range(rng.choice([60, 5000]))]
            return Mutant("zip: many files", WRONG, {"": zipped(self.files, *more)})
        if way == "again":
            return Mutant("zip: packed again", HARMLESS, {"": zipped(self.files)})
        return Mutant(
            "zip: a large file", WRONG, {"": zipped(self.files, ("x.csv", b"0" * 30_000_000))}
        )

    def ask(self, contents: Contents) -> Answer:
        """Let `planner validate` and `unpack` read it."""
        whole = contents.get("")
        if whole is None:
            files = {**self.files, **contents}
            whole = zipped({name: raw for name, raw in files.items() if raw is not None})
        self.zip.write_bytes(whole)
        problems, crash, done, _ = called("validate", self.zip)
        if not done:
            return Answer(problems, None, crash)
        parcel = read_package(self.zip)
        return Answer(
            parcel.remarks, {name: raw for name, raw in parcel.files.items() if name != "README.md"}
        )


def zipped(files: Mapping[str, bytes], *more: tuple[str, bytes]) -> bytes:
    """Pack files into a zip."""
    stream = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, raw in [*files.items(), *more]:
            archive.writestr(zipfile.ZipInfo(name), raw)
    return stream.getvalue()
