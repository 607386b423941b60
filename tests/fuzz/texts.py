"""A code, a choice, a period or a name written as people write it by mistake or on purpose."""

from __future__ import annotations

from random import Random

from planner.schema.columns import Column

from .mutant import Truth
from .numbers import LETTERS, Way, Written

TOTALS = (
    "Jumlah",
    "JUMLAH",
    "Total",
    "Indonesia",
    "INDONESIA",
    "Rata-rata",
    "Nasional",
    "Subtotal",
)
SHORT = {
    "11": ("Nanggroe Aceh Darussalam", "NAD"),
    "12": ("Sumut", "SUMUT"),
    "13": ("Sumbar",),
    "16": ("Sumsel",),
    "19": ("Babel", "Bangka Belitung", "Kep. Bangka Belitung"),
    "21": ("Kepri", "Kep. Riau"),
    "31": ("DKI", "Jakarta", "DKI Jakarta"),
    "32": ("Jabar", "Jawa  Barat", "Prov. Jawa Barat", "Provinsi Jawa Barat"),
    "33": ("Jateng",),
    "34": ("DIY", "Yogyakarta", "D.I. Yogyakarta", "Daerah Istimewa Yogyakarta"),
    "35": ("Jatim",),
    "52": ("NTB",),
    "53": ("NTT",),
    "61": ("Kalbar",),
    "62": ("Kalteng",),
    "63": ("Kalsel",),
    "64": ("Kaltim",),
    "65": ("Kaltara",),
    "71": ("Sulut",),
    "72": ("Sulteng",),
    "73": ("Sulsel",),
    "74": ("Sultra",),
    "76": ("Sulbar",),
    "82": ("Malut",),
}
"""What offices call provinces, by BPS code."""
CHOICES = {
    "food": "pangan",
    "feed": "pakan",
    "seed": "benih",
    "industry": "industri",
    "official": "resmi",
    "derived": "turunan",
    "news": "berita",
    "assumption": "asumsi",
}
MARKUP = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "$(touch x)",
    "`id`",
    "# a heading",
    "a & b < c",
    "\\input{x}",
    '"; DROP TABLE need; --',
    "%s %d {0} {value}",
    "[red]text[/red]",
    "😀",
)


def _blank(rng: Random, column: Column, text: str) -> Written | None:
    return Written("") if column.required else None


def _stranger(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(["ZZ9", "entah", "Atlantis", "99", "qwerty", "belum tahu"]))


def _without_zero(rng: Random, column: Column, text: str) -> Written | None:
    return Written(text.lstrip("0")) if text.startswith("0") and text.strip("0") else None


def _as_number(rng: Random, column: Column, text: str) -> Written | None:
    return Written(text + ".0") if text.isdigit() else None


def _other_case(rng: Random, column: Column, text: str) -> Written | None:
    other = rng.choice([text.upper(), text.title(), text.capitalize()])
    return Written(other) if other != text else None


def _letter_for_digit(rng: Random, column: Column, text: str) -> Written | None:
    at = [i for i, digit in enumerate(text) if digit in LETTERS]
    if not at or not text.isdigit():
        return None
    i = rng.choice(at)
    return Written(text[:i] + rng.choice(LETTERS[text[i]]) + text[i + 1 :])


def _misspelt(rng: Random, column: Column, text: str) -> Written | None:
    """Drop, double or swap a letter of a longer word."""
    if len(text) < 6 or not any(letter.isalpha() for letter in text):
        return None
    i = rng.randrange(1, len(text) - 1)
    if text[i] == text[i + 1] or not (text[i].isalpha() and text[i + 1].isalpha()):
        return None
    return Written(
        rng.choice(
            [
                text[:i] + text[i + 1 :],
                text[:i] + text[i] + text[i:],
                text[:i] + text[i + 1] + text[i] + text[i + 2 :],
            ]
        )
    )


def _short_name(rng: Random, column: Column, text: str) -> Written | None:
    known = SHORT.get(text) if column.refers == "provinces" else None
    return Written(rng.choice(known)) if known else None


def _total(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(TOTALS), original=False)


def _in_indonesian(rng: Random, column: Column, text: str) -> Written | None:
    return Written(CHOICES[text], Truth.UNCLEAR) if text in CHOICES else None


def _several(rng: Random, column: Column, text: str) -> Written | None:
    if column.many:
        return None
    return Written(f"{text}{rng.choice([', ', ' / ', ' & ', ';'])}{text}")


def _formula(rng: Random, column: Column, text: str) -> Written:
    formula = rng.choice(["=cmd|' /C calc'!A0", "@SUM(A1)", "+62-812", "-2+3+cmd|' '!A0", "=1+1"])
    return Written(formula)


def _free_formula(rng: Random, column: Column, text: str) -> Written:
    return _formula(rng, column, text)


def _markup(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(MARKUP), Truth.OPEN)


def _long(rng: Random, column: Column, text: str) -> Written:
    return Written("a" * rng.choice([300, 5_000, 140_000]), Truth.OPEN)


def _unseen(rng: Random, column: Column, text: str) -> Written:
    at = rng.randrange(len(text) + 1)
    unseen = rng.choice("\u200b\ufeff\u202e\u200f\x0b\x1b\x07\x85")
    return Written(text[:at] + unseen + text[at:], Truth.UNCLEAR)


def _free_unseen(rng: Random, column: Column, text: str) -> Written:
    return _unseen(rng, column, text)._replace(truth=Truth.OPEN)


def _path(rng: Random, column: Column, text: str) -> Written:
    odd = rng.choice(["../../etc", "a/b", "a\\b", "C:x", "con", "a:b", "a*b", "."])
    # sources and traders may be numbered as an office likes: then what is wrong is that others name them otherwise
    return Written(odd, Truth.OPEN if column.name in {"source", "trader"} else Truth.WRONG)


def _spaces(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice([f" {text}", f"{text}  ", f"{text}\u00a0"]), Truth.HARMLESS)


def _bad_period(rng: Random, column: Column, text: str) -> Written | None:
    if len(text) != 7 or column.many:
        return None
    year, month = text[:4], text[5:]
    return Written(
        rng.choice(
            [f"{year}/{month}", f"{month}-{year}", f"{year}-{month}-01", f"{year}{month}", f"{year}-13",
             f"{year}-00", f"{int(year) - 9}-{month}", f"bulan {int(month)}", f"{year}-{month}-31x"]
        )
    )  # fmt: skip


CODES: dict[str, Way] = {
    "code: blank": _blank,
    "code: unknown": _stranger,
    "code: without leading zero": _without_zero,
    "code: as a number": _as_number,
    "code: other case": _other_case,
    "code: a letter for a digit": _letter_for_digit,
    "code: misspelt": _misspelt,
    "code: short name of a province": _short_name,
    "code: a total": _total,
    "code: two in one cell": _several,
    "code: a formula": _formula,
    "code: markup": lambda rng, column, text: _markup(rng, column, text)._replace(
        truth=Truth.WRONG
    ),
    "code: very long": lambda rng, column, text: _long(rng, column, text)._replace(
        truth=Truth.WRONG
    ),
    "code: something unseen": _unseen,
    "code: spaces around": _spaces,
}
"""Of cells that name a row of another table."""
OWN_CODES: dict[str, Way] = {
    "own code: blank": _blank,
    "own code: a path": _path,
    "own code: a formula": _formula,
    "own code: very long": _long,
    "own code: something unseen": _free_unseen,
}
"""Of cells that declare a code."""
CHOICE_WAYS: dict[str, Way] = {
    "choice: unknown": _stranger,
    "choice: misspelt": _misspelt,
    "choice: other case": lambda rng, column, text: (
        (found := _other_case(rng, column, text)) and found._replace(truth=Truth.UNCLEAR)
    ),
    "choice: in Indonesian": _in_indonesian,
    "choice: a formula": _formula,
}
PERIODS: dict[str, Way] = {
    "period: not a period": _bad_period,
    "period: a word": _stranger,
    "period: something unseen": _unseen,
}
NAMES: dict[str, Way] = {
    "name: blank": _blank,
    "name: a formula": _free_formula,
    "name: markup": _markup,
    "name: very long": _long,
    "name: something unseen": _free_unseen,
}
