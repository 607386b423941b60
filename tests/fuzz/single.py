"""Files that stand alone: a rule file of `planner merge`, a manifest, a published balance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pandas as pd

from planner.errors import Problem
from planner.exchange.balance_audit import audit_balance as prove
from planner.exchange.manifest import MANIFEST, read_manifest
from planner.exchange.merge.conflict_rules import read_conflict_rules
from planner.exchange.merge.read_any import read_any
from planner.runs import read_run
from planner.schema.columns import Column, Table

from . import settings, sheets
from .commands import called
from .judge import Answer
from .mutant import Contents, Mutant, Truth
from .numbers import WAYS
from .obey import edits_of, obeyed
from .scenarios import SHIPPED, Changed
from .texts import TOTALS

WRONG, HARMLESS, UNCLEAR, OPEN = Truth.WRONG, Truth.HARMLESS, Truth.UNCLEAR, Truth.OPEN


class OneFile:
    """A single file that a command reads.

    Parameters
    ----------
    name
        Of the subject.
    place
        An empty folder to work in.
    file, raw
        Name of the file, and what stands in it.
    """

    def __init__(self, name: str, place: Path, file: str, raw: bytes) -> None:
        self.name, self.root, self.file = name, place, file
        self.files = {file: raw}
        (place / file).write_bytes(raw)
        self.sound = self.ask({}).figures
        assert self.sound is not None, name

    def ask(self, contents: Contents) -> Answer:
        """Let the command read the file."""
        with Changed(self.root, self.files, contents):
            return self.read(self.root / self.file)

    def read(self, file: Path) -> Answer:
        """Let the command read the file as it stands."""
        raise NotImplementedError

    def obey(self, contents: Contents, problems: Sequence[Problem]) -> Contents | None:
        """Do what the messages ask."""
        edits = edits_of(problems)
        before = {name: raw for name, raw in {**self.files, **contents}.items() if raw is not None}
        after = obeyed(before, edits, str(self.root))
        return None if after == before else {**contents, **after}


RULES = """prefer = ["owner", "newer", "confidence"]

[owner]
"01" = "a"
"02" = "b"

[tables]
modes = ["a"]
sources = ["both"]
"""


class RulesSubject(OneFile):
    """A rule file, for `dua-pulau` and itself."""

    def __init__(self, place: Path) -> None:
        pulau = SHIPPED / "dua-pulau"
        self.sides = read_any(pulau), read_any(SHIPPED / "jabar-ntb")
        self.toml = settings.Toml("aturan.toml", RULES)
        super().__init__("rules", place, "aturan.toml", RULES.encode())

    def mutant(self, rng: Random) -> Mutant:
        """Spoil it as TOML, or with rules that nobody knows."""
        while True:
            kind = rng.choice([*settings.TOML, *_RULE_KINDS])
            spoil = settings.TOML.get(kind) or _RULE_KINDS[kind]
            if (found := spoil(rng, self.toml)) is not None:
                return found

    def read(self, file: Path) -> Answer:
        """Let `planner merge` read the rules."""
        out = file.parent / "out"
        pulau = SHIPPED / "dua-pulau"
        problems, crash, done, _ = called("merge", pulau, pulau, rules=file, out=out)
        for written in sorted(out.rglob("*"), reverse=True) if out.exists() else ():
            written.unlink()
        if out.exists():
            out.rmdir()
        return Answer(problems, read_conflict_rules(file, self.sides) if done else None, crash)


def _unknown_rule(rng: Random, toml: settings.Toml) -> Mutant:
    rule = rng.choice(["owners", "newest", "pemilik", "c", "jabar", ""])
    text = toml.text.replace('"newer"', f'"{rule}"')
    return toml.mutant("rules: an unknown rule", WRONG, text, 1, rule)


def _unknown_owner(rng: Random, toml: settings.Toml) -> Mutant:
    text = toml.text.replace(
        '"01" = "a"', rng.choice(['"01" = "c"', '"01" = 1', '"01" = ["a"]', '"01" = {x = 1}'])
    )
    return toml.mutant("rules: an unknown owner", WRONG, text, 4)


def _unknown_province(rng: Random, toml: settings.Toml) -> Mutant:
    code = rng.choice(["99", "Jabar", "1"])
    return toml.mutant(
        "rules: an unknown province", WRONG, toml.text.replace('"01"', f'"{code}"'), 4, code
    )


def _unknown_table(rng: Random, toml: settings.Toml) -> Mutant:
    name = rng.choice(["produksi", "mode", "modes.csv", "x"])
    return toml.mutant(
        "rules: an unknown table", WRONG, toml.text.replace("modes =", f'"{name}" ='), 8, name
    )


def _shape(rng: Random, toml: settings.Toml) -> Mutant:
    value = rng.choice(['"a"', "1", "{}", "[[]]", "[1]", "true", "[{}]", "nan"])
    return toml.mutant(
        "rules: prefer that is no list",
        WRONG,
        re.sub("prefer = .*", f"prefer = {value}", toml.text),
        1,
        value,
    )


_RULE_KINDS: dict[str, settings.Spoil] = {
    "rules: an unknown rule": _unknown_rule,
    "rules: an unknown owner": _unknown_owner,
    "rules: an unknown province": _unknown_province,
    "rules: an unknown table": _unknown_table,
    "rules: prefer that is no list": _shape,
}

NOTICES = """document,date,owner,origin,destination,mode,vessel,commodity,tonnes,consignee
PAB-001,2023-01-05,PT Contoh,01,02,sea,KM Contoh,beras,12.5,Toko Satu
PAB-002,2023-01-19,PT Contoh,01,02,sea,KM Contoh,beras,1800,Toko Dua
PAB-003,2023-02-02,CV Lain,01,02,,KM Lain,beras,7.25,
PAB-004,2023-02-20,CV Lain,02,01,sea,,beras,3000.5,Toko Satu
"""


class ManifestSubject(OneFile):
    """A manifest, beside a run of `dua-pulau`."""

    def __init__(self, place: Path) -> None:
        self.run = place / "hasil"
        called("run", SHIPPED / "dua-pulau", out=self.run, charts=False)
        self.scenario = read_run(self.run).scenario
        self.doc = sheets.doc_of("manifest.csv", MANIFEST, NOTICES.encode())
        super().__init__("manifest", place, "manifest.csv", NOTICES.encode())

    def mutant(self, rng: Random) -> Mutant:
        """Spoil it as a table, or with days that are none."""
        while True:
            kind = rng.choice([*sheets.ALL, *_MANIFEST_KINDS])
            if kind in {"file: missing", "file: misnamed"}:
                continue
            spoil = sheets.ALL.get(kind) or _MANIFEST_KINDS[kind]
            if (found := spoil(rng, self.doc)) is not None:
                return found

    def read(self, file: Path) -> Answer:
        """Let `planner realise` read it."""
        problems, crash, done, _ = called("realise", self.run, file)
        if not done:
            return Answer(problems, None, crash)
        rows = read_manifest(file, self.scenario).sort_values("document")
        return Answer(problems, rows.round(9).to_csv(index=False))


def _day(rng: Random, doc: sheets.Doc) -> Mutant:
    row, at = rng.randrange(1, len(doc.rows)), doc.header.index("date")
    day = rng.choice(
        [
            "2023-02-30",
            "05/01/2023",
            "besok",
            "2023-13-01",
            "20230105",
            "2023-01",
            "44931",
            "5 Januari 2023",
        ]
    )
    spoilt = doc.with_cell(row, at, day)
    truth = WRONG if day in {"2023-02-30", "besok", "2023-13-01"} else UNCLEAR
    return Mutant(
        "manifest: no day", truth, {doc.file: spoilt.raw()}, doc.file, spoilt.line(row), "date", day
    )


def _twice(rng: Random, doc: sheets.Doc) -> Mutant:
    row = rng.randrange(1, len(doc.rows))
    more = sheets.replace(doc, rows=(*doc.rows, doc.rows[row]))
    raw = {doc.file: more.raw()}
    return Mutant("manifest: a notice twice", UNCLEAR, raw, doc.file, more.line(len(doc.rows)))


_MANIFEST_KINDS: dict[str, sheets.Spoil] = {
    "manifest: no day": _day,
    "manifest: a notice twice": _twice,
}

BALANCES = {
    "list.csv": """Uraian;2024;2025
Stok awal;7.148.451;8.148.451
Produksi;31.291.394;32.291.394
Impor;514.305;514.305
Total Ketersediaan;38.954.150;40.954.150
Kebutuhan;30.805.699;30.975.843
Stok akhir;8.148.451;9.978.307
""",
    "rows.csv": """provinsi,periode,stok awal,produksi,kebutuhan,stok akhir
Bali,2025-01,1000,2000.5,1500,1500.5
Bali,2025-02,1500.5,1000,1500,1000.5
NTB,2025-01,500,3000,1000,2500
NTB,2025-02,2500,1000,1000,2500
Jumlah,2025-01,1500,5000.5,2500,4000.5
Jumlah,2025-02,4000.5,2000,2500,3500.5
""",
    "millions.csv": """Uraian,satuan,2025
Stok awal,juta ton,4.0
Produksi,juta ton,31.0
Kebutuhan,juta ton,30.0
Stok akhir,juta ton,5.0
""",
}
_TONNES = Column("tonnes", "", "number", "t", low=0.0)
_UNMISTAKABLE = {
    "number: thousands by space", "number: thousands by no-break space", "number: footnote mark",
    "number: more zeros",
}  # fmt: skip
_UNFIT = {
    "number: tiny", "number: huge", "number: unit behind", "number: blank", "number: currency in front",
    "number: percent", "number: plus sign", "number: decimal comma", "number: negative",
    "number: ribu, juta behind", "number: exponent", "number: long minus", "number: parentheses",
    "number: thousands by comma", "number: thousands by point, decimal comma",
}  # fmt: skip
"""Ways that mean something else, or nothing sure, in a published balance."""


class BalanceSubject(OneFile):
    """A published balance."""

    def __init__(self, place: Path, file: str) -> None:
        self.mark = ";" if file == "list.csv" else ","
        raw = BALANCES[file]
        rows = tuple(tuple(line.split(self.mark)) for line in raw.splitlines())
        self.doc = sheets.Doc(file, Table("neraca", "", ()), rows)
        self.warnings = 0
        super().__init__(f"balance-{file.removesuffix('.csv')}", place, file, raw.encode())
        words = called("prove", place / file).words
        self.warnings = len(re.findall("NOT TESTED|DOES NOT", words))
        self.sound = self.ask({}).figures

    def mutant(self, rng: Random) -> Mutant:
        """Spoil a figure, a label, or the file."""
        while True:
            way = rng.choice([self._figure, self._figure, self._label, self._row, self._raw])
            if (found := way(rng)) is not None:
                return found

    def read(self, file: Path) -> Answer:
        """Let `planner prove` look at it."""
        problems, crash, done, words = called("prove", file)
        if not done:
            return Answer(problems, None, crash)
        warned = len(re.findall("NOT TESTED|DOES NOT", words)) > self.warnings
        return Answer(problems, _proof(prove(file)), warned=warned)

    def _text(self, rows: Sequence[Sequence[str]]) -> bytes:
        return self.doc.text(rows=rows, mark=self.mark).encode("utf-8", "surrogatepass")

    def _spoilt(
        self, kind: str, truth: Truth, rows: Sequence[Sequence[str]], line: int = 0, **more: object
    ) -> Mutant:
        return Mutant(kind, truth, {self.file: self._text(rows)}, self.file, line, **more)  # type: ignore[arg-type]

    def _figure(self, rng: Random) -> Mutant | None:
        kind = rng.choice([kind for kind in WAYS if kind not in _UNFIT])
        row = rng.randrange(1, len(self.doc.rows))
        at = rng.choice(
            [i for i, text in enumerate(self.doc.rows[row]) if re.fullmatch(r"[\d.]+", text)]
        )
        text = self.doc.rows[row][at]
        plain = text.replace(".", "") if self.mark == ";" else text
        found = WAYS[kind](rng, _TONNES, plain)
        if found is None or found.text in {"n/a", "?", text}:
            return None
        truth = HARMLESS if kind in _UNMISTAKABLE else found.truth
        if kind in {"number: footnote mark", "number: more zeros", "number: spaces around"}:
            new = found.text.replace(plain, text) if plain in found.text else text + ",0"
        else:
            new = found.text
        if self.mark == ";" and re.search(r"\d\.\d", new) and kind != "number: footnote mark":
            return None
        if kind == "number: thousands by no-break space" and "," in new:
            return None
        if kind == "number: more zeros" and self.mark == ",":
            truth = OPEN
        rows = self.doc.with_cell(row, at, new).rows
        return self._spoilt(kind, truth, rows, row + 1, written=new)

    def _label(self, rng: Random) -> Mutant | None:
        if self.file == "rows.csv":
            at = rng.randrange(2, len(self.doc.header))
            label, row = self.doc.header[at], 0
        else:
            row, at = rng.randrange(1, len(self.doc.rows)), 0
            label = self.doc.rows[row][0]
        i = rng.randrange(1, len(label) - 1)
        other, kind, truth = rng.choice(
            [
                (label[:i] + label[i + 1 :], "label: misspelt", UNCLEAR),
                (label.upper(), "label: other case", HARMLESS),
                (f" {label} :", "label: marks around", HARMLESS),
                (f"{label} 1)", "label: footnote", HARMLESS),
                (f"{label}*", "label: footnote", HARMLESS),
                (f"{label} [ton]" if self.file != "millions.csv" else label, "label: unit behind", HARMLESS),
                (f"{label} [karung]", "label: a wrong unit", WRONG),
                ("Lain-lain", "label: unknown", WRONG),
                ("\u200b" + label, "label: something unseen", UNCLEAR),
                ("\x1b[31m" + label, "label: something unseen", UNCLEAR),
                ("=1+1", "label: a formula", WRONG),
            ]
        )  # fmt: skip
        if other == label or (self.file == "millions.csv" and "karung" in other):
            return None
        rows = self.doc.with_cell(row, at, other).rows
        return self._spoilt(kind, truth, rows, row + 1 if row else 0, written=other)

    def _row(self, rng: Random) -> Mutant | None:
        body = list(self.doc.rows)
        row = rng.randrange(1, len(body))
        width = len(self.doc.header)
        way = rng.choice(
            ["doubled", "removed", "title", "note", "blank", "short", "order", "total", "header"]
        )
        if way == "doubled":
            at = rng.randrange(row + 1, len(body) + 1)
            return self._spoilt("row: doubled", WRONG, [*body[:at], body[row], *body[at:]], at + 1)
        if way == "removed":
            return self._spoilt("row: removed", OPEN, [*body[:row], *body[row + 1 :]])
        if way == "title":
            title = ("Tabel 1. Neraca beras 2024-2025", *[""] * (width - 1))
            return self._spoilt(
                "row: a title on top", HARMLESS, [title[: rng.choice([1, width])], *body]
            )
        if way == "note":
            note = ("Sumber: Badan Pangan, diolah", *[""] * (width - 1))
            return self._spoilt(
                "row: a note below", HARMLESS, [*body, note[: rng.choice([1, width])]]
            )
        if way == "blank":
            return self._spoilt(
                "row: blank ones", HARMLESS, [*body[:row], (), ("",) * width, *body[row:]]
            )
        if way == "short":
            return self._spoilt(
                "row: cut short", WRONG, [*body[:row], body[row][:-1], *body[row + 1 :]]
            )
        if way == "order":
            rows = body[1:]
            rng.shuffle(rows)
            return self._spoilt("row: another order", HARMLESS, [body[0], *rows])
        if way == "header":
            return self._spoilt(
                "row: the header again", UNCLEAR, [*body[:row], body[0], *body[row:]], row + 1
            )
        if self.file != "rows.csv":
            return None
        total = [
            (rng.choice(TOTALS[:7]), *cells[1:]) if cells[0] == "Jumlah" else cells
            for cells in body
        ]
        return self._spoilt("row: total by another name", OPEN, total)

    def _raw(self, rng: Random) -> Mutant | None:
        raw = self.files[self.file]
        way = rng.choice(
            ["bom", "crlf", "utf-16", "nul", "bytes", "cut", "empty", "cp1252", "quote", "cr"]
        )
        spoilt, truth = {
            "bom": (b"\xef\xbb\xbf" + raw, HARMLESS),
            "crlf": (raw.replace(b"\n", b"\r\n"), HARMLESS),
            "cr": (raw.replace(b"\n", b"\r"), UNCLEAR),
            "utf-16": (raw.decode().encode("utf-16"), UNCLEAR),
            "nul": (raw[:40] + b"\0" + raw[40:], UNCLEAR),
            "bytes": (bytes(rng.randrange(256) if rng.random() < 0.02 else b for b in raw), OPEN),
            "cut": (raw[: rng.randrange(len(raw))], OPEN),
            "empty": (rng.choice([b"", b"\n", b" "]), WRONG),
            "cp1252": (raw.decode().replace("Produksi", "Produksí").encode("cp1252"), OPEN),
            "quote": (raw[:30] + b'"' + raw[30:], OPEN),
        }[way]
        return Mutant(f"file: {way}", truth, {self.file: spoilt}, self.file)


def _proof(found: pd.DataFrame) -> object:
    """Return what was proven, without the order and the lines."""
    numbers = found[["published", "computed", "slack"]].round(6)
    rows = zip(
        found["balance"],
        found["identity"],
        found["verdict"],
        numbers.itertuples(index=False),
        strict=True,
    )
    return sorted(map(repr, rows))
