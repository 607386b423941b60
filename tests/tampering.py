"""Seeded changes to what strangers send back: run folders, packages, rule files, manifests, briefs."""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

DEEP = "[" * 3000
LONG = "1" * 5000
ODD = [
    "",
    "-1",
    "1e999",
    "nan",
    "x",
    "=1+1",
    "\x00",
    "0Z",
    "9" * 400,
    "a" * 50_000,
    "\u202e",
    '"',
    "true",
    "1.5",
]
VALUES: list[Any] = [
    None,
    0,
    -1,
    1e308,
    "",
    "x",
    "\x00",
    [],
    {},
    [[]],
    {"a": 1},
    True,
    10**30,
    "../up",
    "/top",
]
RAW = [
    b"",
    b"\xff\xfe",
    b"{",
    b"[]",
    b'"x"',
    b"null",
    b"\x00" * 50,
    DEEP.encode(),
    LONG.encode(),
    b'{"a": NaN}',
]
RULES = [
    f"prefer = {DEEP}", f"x = {LONG}", "prefer = 5", "prefer = [1, 2]", "prefer = [[1]]", "owner = 3", "owner = [1]",
    "tables = 1", "[tables]\nneed = 3", "[tables]\nneed = [{a = 1}]", "[owner]\n'01' = 5", "[owner]\n'01' = ['a']",
    "prefer", "[prefer]", "prefer = ['a\\u0000']", "= 1", "[[tables]]\nneed = ['a']", "owner.a.b.c = 1",
    "\ufeffprefer = ['a']",
    "a" + ".a" * 2000 + " = 1",
]  # fmt: skip


def fresh(folder: Path) -> None:
    """Return every file of a run the digest that it has now, as who tampers well does."""
    place = folder / "datapackage.json"
    package = json.loads(place.read_text(encoding="utf-8"))
    for one in package["resources"]:
        if (folder / one["path"]).exists():
            one["hash"] = digest((folder / one["path"]).read_bytes())
    place.write_text(json.dumps(package), encoding="utf-8")


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def tamper_run(folder: Path, seed: int) -> None:
    """Change one thing in a run folder; two times in three with fresh digests."""
    draw = random.Random(seed)
    tables = sorted(folder.rglob("*.csv"))
    texts = [
        folder / "summary.json",
        folder / "datapackage.json",
        folder / "inputs" / "settings.json",
    ]
    change: Callable[[], None] = draw.choice(
        [
            lambda: _cell(draw, draw.choice(tables)),
            lambda: _cell(draw, draw.choice(tables)),
            lambda: _column(draw, draw.choice(tables)),
            lambda: _cut(draw, draw.choice(tables)),
            lambda: draw.choice(tables).write_bytes(draw.choice(RAW)) and None,
            lambda: draw.choice(texts).write_bytes(draw.choice(RAW)) and None,
            lambda: _leaf(draw, draw.choice(texts)),
            lambda: _leaf(draw, draw.choice(texts)),
            lambda: _leaf(draw, texts[1]),
        ]
    )
    change()
    try:
        if draw.random() < 2 / 3:
            fresh(folder)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        return  # there is nothing left to give a digest to


def _cell(draw: random.Random, file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    number = draw.randrange(len(lines))
    cells = lines[number].split(",")
    cells[draw.randrange(len(cells))] = draw.choice(ODD)
    lines[number] = ",".join(cells)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _column(draw: random.Random, file: Path) -> None:
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    place = draw.randrange(len(rows[0]))
    kept = [row[:place] + row[place + 1 :] for row in rows]
    file.write_text("\n".join(map(",".join, kept)) + "\n", encoding="utf-8")


def _cut(draw: random.Random, file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: draw.randrange(len(content))])


def _leaf(draw: random.Random, file: Path) -> None:
    """Change, remove or add one value somewhere in a JSON file."""
    tree = json.loads(file.read_text(encoding="utf-8"))
    spoil(draw, tree)
    file.write_text(json.dumps(tree), encoding="utf-8")


def spoil(draw: random.Random, tree: Any) -> None:
    """Change, remove or add one value somewhere in a tree."""
    node = tree
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = draw.choice(keys)
        deeper = isinstance(node[key], dict | list) and len(node[key])
        if deeper and draw.random() < 0.8:
            node = node[key]
            continue
        if draw.random() < 0.3:
            del node[key]
        else:
            node[key] = draw.choice(VALUES)
        return


def tamper_package(path: Path, seed: int) -> None:
    """Change one file of a package; two times in three with a fresh digest."""
    draw = random.Random(seed)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(sorted(files) + ["datapackage.json", "scenario.toml"] * 4)
    if name.endswith(".json") and draw.random() < 0.7:
        tree = json.loads(files[name])
        spoil(draw, tree)
        files[name] = json.dumps(tree).encode()
    elif name.endswith(".toml") and draw.random() < 0.7:
        lines = files[name].decode().splitlines()
        place = draw.randrange(len(lines))
        odd = [
            "x = 1",
            f"x = {LONG}",
            f"x = {DEEP}",
            "adjust = 5",
            "scenario = 5",
            "[scenario]",
            "horizon = []",
        ]
        lines[place] = draw.choice(
            [*odd, lines[place].partition("=")[0] + "= " + draw.choice(["1", "[]", "'x'"])]
        )
        files[name] = "\n".join(lines).encode()
    else:
        files[name] = draw.choice([*RAW, files[name][: draw.randrange(len(files[name]))]])
    if name != "datapackage.json" and draw.random() < 2 / 3:
        package = json.loads(files["datapackage.json"])
        for one in package["resources"]:
            one["hash"] = digest(files[one["path"]])
        files["datapackage.json"] = json.dumps(package).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
