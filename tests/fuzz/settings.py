"""A file in TOML, and every way to spoil one: types, spelling, doubled keys, nesting, escapes, paths."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from .mutant import Mutant, Truth

WRONG, HARMLESS, UNCLEAR, OPEN = Truth.WRONG, Truth.HARMLESS, Truth.UNCLEAR, Truth.OPEN
_KEY = re.compile(r'\s*("[^"]+"|[\w-]+)\s*=\s*(.+?)\s*$')


class Line(NamedTuple):
    """A line `key = value`: its place in the file from 0, the table it stands in, and its parts."""

    at: int
    section: str
    key: str
    value: str


class Toml(NamedTuple):
    """A sound file in TOML.

    Parameters
    ----------
    file
        Path within the subject.
    text
        What stands in it.
    needed
        Keys that must be there, with their table: ``"horizon.start"``.
    """

    file: str
    text: str
    needed: frozenset[str] = frozenset()

    @property
    def lines(self) -> list[Line]:
        """Return the lines that hold a key and a whole value."""
        found, section = [], ""
        for at, line in enumerate(self.text.splitlines()):
            head = re.fullmatch(r"\s*\[+([\w.\"]+)\]+\s*", line)
            if head:
                section = head[1]
            elif (key := _KEY.fullmatch(line)) and not key[2].endswith("["):
                found.append(Line(at, section, key[1], key[2]))
        return found

    def with_line(self, at: int, line: str) -> str:
        """Return the text with another line."""
        lines = self.text.splitlines()
        lines[at] = line
        return "\n".join(lines) + "\n"

    def mutant(
        self,
        kind: str,
        truth: Truth,
        text: str | bytes,
        line: int = 0,
        written: str = "",
        *,
        added: bool = False,
    ) -> Mutant:
        """Return the file spoilt."""
        raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        return Mutant(
            kind, truth, {self.file: raw}, self.file, line, written=written[:60], added=added
        )


type Spoil = Callable[[Random, Toml], Mutant | None]


def _kind_of(value: str) -> str:
    if value[0] in "\"'":
        return "text"
    if value[0] == "[":
        return "list"
    if value[0] == "{":
        return "table"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return "date"
    return "truth" if value in {"true", "false"} else "number"


OTHERS = {
    "text": '"teks"',
    "number": "7",
    "list": "[1, 2]",
    "table": "{ a = 1 }",
    "truth": "true",
    "date": "2023-02-03",
    "float": "1.5",
    "lists": '[["x"], [1]]',
    "time": "07:32:00",
    "empty list": "[]",
    "empty text": '""',
}


def _type(rng: Random, toml: Toml) -> Mutant | None:
    line = rng.choice(toml.lines)
    kind = _kind_of(line.value)
    other = rng.choice([name for name in OTHERS if name != kind])
    if (kind, other) in {("number", "float"), ("list", "empty list"), ("text", "empty text")}:
        return None
    alike = {("text", "text"), ("date", "date")}
    if (kind, other) in alike or line.key in {"where", "title"} or line.section.startswith("owner"):
        return None
    text = toml.with_line(line.at, f"{line.key} = {OTHERS[other]}")
    truth = OPEN if other.startswith("empty") or kind == "number" else WRONG
    return toml.mutant(
        "toml: another type", truth, text, line.at + 1, f"{line.key} = {OTHERS[other]}"
    )


def _number(rng: Random, toml: Toml) -> Mutant | None:
    lines = [line for line in toml.lines if _kind_of(line.value) == "number"]
    if not lines:
        return None
    line = rng.choice(lines)
    others = [
        "-1",
        "nan",
        "inf",
        "-inf",
        "9" * 400,
        "1e400",
        "9223372036854775808",
        '"2"',
        "0x",
        "1_000_000_000",
    ]
    value = rng.choice(others)
    text = toml.with_line(line.at, f"{line.key} = {value}")
    truth = OPEN if line.key == "add" else WRONG
    return toml.mutant(
        "toml: a wild number", truth, text, line.at + 1, f"{line.key} = {value[:40]}"
    )


def _misspelt(rng: Random, toml: Toml) -> Mutant | None:
    lines = [line for line in toml.lines if len(line.key) > 3 and line.key[0] != '"']
    if not lines:
        return None
    line = rng.choice(lines)
    if line.section in {"owner", "where"}:
        return None
    at = rng.randrange(1, len(line.key) - 1)
    key = line.key
    ways = [key[:at] + key[at + 1 :], key[:at] + key[at] + key[at:], key.upper(), key + "s"]
    other = rng.choice([way for way in ways if way != key])
    text = toml.with_line(line.at, f"{other} = {line.value}")
    return toml.mutant("toml: key misspelt", WRONG, text, line.at + 1, other)


def _unknown(rng: Random, toml: Toml) -> Mutant:
    line = rng.choice(toml.lines)
    text = toml.with_line(line.at, f"{toml.text.splitlines()[line.at]}\nwarna = 1")
    return toml.mutant("toml: unknown key", WRONG, text, line.at + 2, "warna", added=True)


def _doubled(rng: Random, toml: Toml) -> Mutant:
    line = rng.choice(toml.lines)
    whole = toml.text.splitlines()[line.at]
    return toml.mutant(
        "toml: key doubled", WRONG, toml.with_line(line.at, f"{whole}\n{whole}"), line.at + 2
    )


def _removed(rng: Random, toml: Toml) -> Mutant:
    line = rng.choice(toml.lines)
    needed = f"{line.section}.{line.key}" in toml.needed
    lines = toml.text.splitlines()
    text = "\n".join([*lines[: line.at], *lines[line.at + 1 :]]) + "\n"
    return toml.mutant("toml: key removed", WRONG if needed else OPEN, text, 0, line.key)


def _deep(rng: Random, toml: Toml) -> Mutant:
    many = rng.choice([90, 3_000, 60_000])
    deep = rng.choice(["[" * many + "]" * many, "{a=" * many + "1" + "}" * many])
    text = f"{toml.text}\nx = {deep}\n"
    return toml.mutant("toml: nested deep", WRONG, text, 0, added=True)


def _dotted(rng: Random, toml: Toml) -> Mutant:
    many = rng.choice([50, 5_000])
    return toml.mutant(
        "toml: a dotted key",
        WRONG,
        toml.text + "\n" + ".".join("a" * many) + " = 1\n",
        0,
        added=True,
    )


def _escape(rng: Random, toml: Toml) -> Mutant | None:
    lines = [line for line in toml.lines if line.value.startswith('"') and len(line.value) > 2]
    if not lines:
        return None
    line = rng.choice(lines)
    escape = rng.choice(["\\x", "\\q", "\\u12", "\\", "\\uD800"])
    value = line.value[:-1] + escape + '"'
    return toml.mutant(
        "toml: a wrong escape", WRONG, toml.with_line(line.at, f"{line.key} = {value}"), line.at + 1
    )


def _quote(rng: Random, toml: Toml) -> Mutant | None:
    lines = [line for line in toml.lines if line.value.endswith('"')]
    if not lines:
        return None
    line = rng.choice(lines)
    text = toml.with_line(line.at, f"{line.key} = {line.value[:-1]}")
    return toml.mutant("toml: a quote that stays open", WRONG, text, line.at + 1)


def _no_quotes(rng: Random, toml: Toml) -> Mutant | None:
    lines = [line for line in toml.lines if re.fullmatch(r'"[a-z_]+"', line.value)]
    if not lines:
        return None
    line = rng.choice(lines)
    text = toml.with_line(line.at, f"{line.key} = {line.value[1:-1]}")
    return toml.mutant("toml: text without quotes", WRONG, text, line.at + 1)


def _colon(rng: Random, toml: Toml) -> Mutant:
    line = rng.choice(toml.lines)
    return toml.mutant(
        "toml: a colon for =",
        WRONG,
        toml.with_line(line.at, f"{line.key}: {line.value}"),
        line.at + 1,
    )


def _cut(rng: Random, toml: Toml) -> Mutant:
    line = rng.choice(toml.lines)
    lines = toml.text.splitlines()
    cut = lines[line.at][: lines[line.at].index("=") + 1]
    return toml.mutant(
        "toml: cut within a line", WRONG, "\n".join([*lines[: line.at], cut]), line.at + 1
    )


def _bytes(rng: Random, toml: Toml) -> Mutant:
    raw = bytearray(toml.text.encode())
    for _ in range(rng.randrange(1, 4)):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return toml.mutant("toml: bytes by chance", OPEN, bytes(raw))


def _letters(rng: Random, toml: Toml) -> Mutant:
    form = rng.choice(["utf-16", "utf-8-sig", "cp1252"])
    truth = HARMLESS if form == "utf-8-sig" else WRONG
    return toml.mutant(f"toml: in {form}", truth, (toml.text + "# é\n").encode(form, "replace"))


def _control(rng: Random, toml: Toml) -> Mutant:
    at = rng.randrange(len(toml.text))
    unseen = rng.choice("\x00\x1b\x07\u202e\u200b\ufeff\x85")
    return toml.mutant("toml: something unseen", OPEN, toml.text[:at] + unseen + toml.text[at:])


def _comment(rng: Random, toml: Toml) -> Mutant:
    line = rng.choice(toml.lines)
    whole = toml.text.splitlines()[line.at]
    text = toml.with_line(line.at, f"# catatan = [\n{whole}  # ya\n")
    return toml.mutant("toml: comments and blank lines", HARMLESS, text)


def _line_ends(rng: Random, toml: Toml) -> Mutant:
    return toml.mutant("toml: Windows line ends", HARMLESS, toml.text.replace("\n", "\r\n"))


def _choice(rng: Random, toml: Toml) -> Mutant | None:
    lines = [line for line in toml.lines if re.fullmatch(r'"[a-z_]{4,}"', line.value)]
    if not lines:
        return None
    line = rng.choice(lines)
    word = line.value[1:-1]
    at = rng.randrange(1, len(word) - 1)
    other = rng.choice([word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word.upper()])
    if other == word or line.key in {"id", "en"}:
        return None
    text = toml.with_line(line.at, f'{line.key} = "{other}"')
    return toml.mutant("toml: a word misspelt", WRONG, text, line.at + 1, other)


TOML: dict[str, Spoil] = {
    "toml: another type": _type,
    "toml: a wild number": _number,
    "toml: key misspelt": _misspelt,
    "toml: unknown key": _unknown,
    "toml: key doubled": _doubled,
    "toml: key removed": _removed,
    "toml: nested deep": _deep,
    "toml: a dotted key": _dotted,
    "toml: a wrong escape": _escape,
    "toml: a quote that stays open": _quote,
    "toml: text without quotes": _no_quotes,
    "toml: a colon for =": _colon,
    "toml: cut within a line": _cut,
    "toml: bytes by chance": _bytes,
    "toml: in another encoding": _letters,
    "toml: something unseen": _control,
    "toml: comments and blank lines": _comment,
    "toml: Windows line ends": _line_ends,
    "toml: a word misspelt": _choice,
}


def _extends(rng: Random, toml: Toml) -> Mutant | None:
    lines = [line for line in toml.lines if line.key == "extends"]
    value = rng.choice(
        [
            ".", "..", "../tidak-ada", "/", "//server/share", "\\\\\\\\server\\\\share", "C:/x", "~/skenario",
            "scenario.toml", "", "file:///etc", "http://x/y", "a" * 5000, "../" * 200, "con", "..\\\\nasional-2023x",
            "x\\u0000y",
        ]
    )  # fmt: skip
    line = f'extends = "{value}"'
    if lines:
        text, at = toml.with_line(lines[0].at, line), lines[0].at
    else:
        head = toml.lines[0]
        text, at = (
            toml.with_line(head.at, f"{toml.text.splitlines()[head.at]}\n{line}"),
            head.at + 1,
        )
    truth = OPEN if value == "" else WRONG
    return toml.mutant("chain: extends something wrong", truth, text, at + 1, value[:40])


def _horizon(rng: Random, toml: Toml) -> Mutant | None:
    lines = [line for line in toml.lines if line.key in {"start", "periods", "length"}]
    if not lines:
        return None
    line = rng.choice(lines)
    values = {
        "start": [
            '"2023"',
            '"2023-13"',
            '"Januari 2023"',
            '"2023-W60"',
            '"0000-01"',
            '"9999-12"',
            "2023-01-01",
        ],
        "periods": ["0", "-3", "1000000000", "1.5", "100000", '"12"'],
        "length": ['"months"', '"bulan"', '"day"', '"MONTH"'],
    }
    value = rng.choice(values[line.key])
    text = toml.with_line(line.at, f"{line.key} = {value}")
    return toml.mutant("settings: horizon", UNCLEAR, text, line.at + 1, f"{line.key} = {value}")


ADJUST = {
    "table": '"production"',
    "column": '"tonnes"',
    "where": '{ commodity = "beras" }',
    "multiply": "1.1",
    "source": '"SOURCE"',
}


def _adjust(rng: Random, toml: Toml) -> Mutant:
    keys = dict(ADJUST) | {"source": f'"{rng.choice(["rekaan", "asumsi_beras"])}"'}
    what = rng.choice(
        [
            ("table", '"produksi"'), ("table", '"productions"'), ("table", "3"), ("column", '"ton"'),
            ("column", '"province"'), ("column", '"tonnes "'), ("where", "3"), ("where", '{ barang = "beras" }'),
            ("where", '{ commodity = "beras", province = 11 }'), ("where", '{ commodity = ["brs"] }'),
            ("where", '{ commodity = { a = "b" } }'), ("where", '{ period = "2023-99" }'), ("multiply", "inf"),
            ("multiply", "nan"), ("multiply", "-1"), ("multiply", "1e300"), ("multiply", '"1,1"'),
            ("multiply", "9" * 500), ("source", '"entah"'), ("source", "1"), ("add", "5"), ("set", "1"),
        ]
    )  # fmt: skip
    keys[what[0]] = what[1]
    if what[0] == "where" and rng.random() < 0.2:
        del keys["multiply"]
    entry = "\n".join(f"{key} = {value}" for key, value in keys.items())
    text = f"{toml.text}\n[[adjust]]\n{entry}\n"
    if "[adjust" in toml.text and "[[adjust" not in toml.text:
        return toml.mutant("settings: adjust", OPEN, text)
    return toml.mutant("settings: adjust", WRONG, text, written=" = ".join(what)[:60], added=True)


def _adjust_shape(rng: Random, toml: Toml) -> Mutant:
    shape = rng.choice(
        [
            "adjust = 1",
            'adjust = "x"',
            "adjust = [1]",
            "adjust = [[1]]",
            "adjust = {}",
            "adjust.a = 1",
        ]
    )
    text = shape + "\n" + toml.text
    truth = OPEN if "{}" in shape else WRONG
    return toml.mutant("settings: adjust that is no list", truth, text, written=shape, added=True)


def _scope(rng: Random, toml: Toml) -> Mutant:
    value = rng.choice(
        [
            'commodities = ["brs"]',
            'focus = ["0"]',
            'commodities = "beras"',
            "focus = [11]",
            "focus = 1",
        ]
    )
    if "[scope]" in toml.text:
        text = toml.text.replace("[scope]", f"[scope]\n{value}", 1)
        return toml.mutant("settings: scope", OPEN, text, written=value, added=True)
    return toml.mutant(
        "settings: scope", WRONG, f"{toml.text}\n[scope]\n{value}\n", written=value, added=True
    )


SETTINGS: dict[str, Spoil] = TOML | {
    "chain: extends something wrong": _extends,
    "settings: horizon": _horizon,
    "settings: adjust": _adjust,
    "settings: adjust that is no list": _adjust_shape,
    "settings: scope": _scope,
}
NEEDED = frozenset(
    {"scenario.title", "scenario.data_date", "horizon.start", "horizon.periods", "horizon.length"}
)
