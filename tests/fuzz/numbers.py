"""A figure written as people write it by mistake, by habit or by the help of their software."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import NamedTuple

from planner.schema.columns import Column

from .mutant import Truth

WRONG, HARMLESS, UNCLEAR = Truth.WRONG, Truth.HARMLESS, Truth.UNCLEAR


class Written(NamedTuple):
    """Another text for a cell, and what that makes of it."""

    text: str
    truth: Truth = WRONG
    original: bool = True


type Way = Callable[[Random, Column, str], Written | None]
"""Write the text of a cell in another way; None where that way does not fit it."""

WORDS = ("banyak", "kosong", "tidak ada data", "n/a", "?", "x", "lihat catatan", "tba", "nihil")
LETTERS = {"0": "Oo", "1": "lI", "5": "S", "8": "B", "2": "Z"}
UNITS = {
    "t": (" ton", " t", "ton", " Ton"),
    "people": (" jiwa", " orang"),
    "IDR/t": (" Rp", " rupiah", " IDR"),
    "IDR/kg": (" Rp", " /kg"),
    "km": (" km", "KM"),
    "nm": (" nm", " mil"),
    "days": (" hari", " days"),
    "kg/year": (" kg", " kg/tahun"),
}
THOUSANDS = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "k": 3}


def _grouped(text: str, mark: str, decimal: str) -> str | None:
    """Part the whole digits of a figure by threes; None where there are fewer than four."""
    whole, _, rest = text.partition(".")
    if not whole.isdigit() or len(whole) < 4:
        return None
    parts = re.sub(r"(?<=\d)(?=(\d{3})+$)", lambda _: mark, whole)
    return parts + (decimal + rest if rest else "")


def _thousands(mark: str, decimal: str) -> Way:
    def way(rng: Random, column: Column, text: str) -> Written | None:
        grouped = _grouped(text, mark, decimal)
        return Written(grouped) if grouped else None

    return way


def _words(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(WORDS))


def _blank(rng: Random, column: Column, text: str) -> Written | None:
    return Written("") if column.required else None


def _excel_error(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(["#N/A", "#REF!", "#DIV/0!", "#VALUE!"]))


def _negative(rng: Random, column: Column, text: str) -> Written | None:
    if column.low is None or column.low < 0 or not float(text):
        return None
    return Written("-" + text, original=False)


def _not_finite(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(["NaN", "nan", "inf", "-inf", "Infinity", "1e999"]))


def _huge(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(["1e30", "9" * 25, "1e300"]))


def _tiny(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(["1e-300", "1e-999", "0.0000000001"]), Truth.OPEN)


def _letter(rng: Random, column: Column, text: str) -> Written | None:
    at = [i for i, digit in enumerate(text) if digit in LETTERS]
    if not at:
        return None
    i = rng.choice(at)
    return Written(text[:i] + rng.choice(LETTERS[text[i]]) + text[i + 1 :])


def _decimal_comma(rng: Random, column: Column, text: str) -> Written | None:
    return Written(text.replace(".", ",")) if "." in text else None


def _unit(rng: Random, column: Column, text: str) -> Written | None:
    units = UNITS.get(column.unit)
    return Written(text + rng.choice(units)) if units else None


def _currency(rng: Random, column: Column, text: str) -> Written | None:
    return Written(rng.choice(["Rp ", "Rp", "Rp. "]) + text) if "IDR" in column.unit else None


def _word_of_thousand(rng: Random, column: Column, text: str) -> Written | None:
    word = rng.choice([*THOUSANDS])
    scaled = Decimal(text) / 10 ** THOUSANDS[word]
    if not scaled or column.unit in {"fraction", "degrees"} or len(str(scaled)) > 12:
        return None
    return Written(f"{scaled.normalize():f} {word}")


def _percent(rng: Random, column: Column, text: str) -> Written | None:
    if column.unit != "fraction" or not float(text):
        return None
    return Written(f"{(Decimal(text) * 100).normalize():f}{rng.choice(['%', ' %', ' persen'])}")


def _percent_without_sign(rng: Random, column: Column, text: str) -> Written | None:
    if column.unit != "fraction" or column.high != 1 or float(text) <= 0.01:
        return None
    return Written(f"{(Decimal(text) * 100).normalize():f}")


def _date(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(["2023-01-05", "5-Jan", "05/01/2023", "Mar-13"]))


def _plus(rng: Random, column: Column, text: str) -> Written | None:
    return None if text.startswith("-") else Written("+" + text, UNCLEAR)


def _long_minus(rng: Random, column: Column, text: str) -> Written | None:
    sign = rng.choice("\u2212\u2013")
    if text.startswith("-"):
        return Written(sign + text[1:])
    return Written(sign + text, original=not float(text))


def _parentheses(rng: Random, column: Column, text: str) -> Written | None:
    if text.startswith("-"):
        return Written(f"({text[1:]})")
    return Written(f"({text})", original=not float(text))


def _footnote(rng: Random, column: Column, text: str) -> Written:
    return Written(text + rng.choice(["*", "**", " *)", " (e)", "\u00b9", " 1)", "p"]))


def _range(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice([f"{text}-{text}9", f"{text}/{text}", f"{text} s.d. {text}0"]))


def _about(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice(["~", "> ", "< ", "\u00b1", "ca. ", "kira-kira "]) + text)


def _two_points(rng: Random, column: Column, text: str) -> Written | None:
    if "." not in text:
        return Written(text + "..5")
    return Written(text.replace(".", rng.choice(["..", ".,", " . "])))


def _formula(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice([f"={text}*2", "=A1", f"{text}+{text}", f"{text}*1000"]))


def _exponent(rng: Random, column: Column, text: str) -> Written | None:
    number = Decimal(text)
    return Written(f"{number:E}", HARMLESS) if number else None


def _zeros(rng: Random, column: Column, text: str) -> Written | None:
    if text.startswith("-"):
        return None
    return Written(text + ("0" if "." in text else ".0"), HARMLESS)


def _apostrophe(rng: Random, column: Column, text: str) -> Written:
    return Written("'" + text, UNCLEAR)


def _spaces(rng: Random, column: Column, text: str) -> Written:
    return Written(rng.choice([f" {text}", f"{text} ", f"\u00a0{text}", f"\t{text}"]), HARMLESS)


def _space_inside(rng: Random, column: Column, text: str) -> Written | None:
    if len(text) < 2 or not text.isdigit():
        return None
    at = rng.randrange(1, len(text))
    return Written(text[:at] + " " + text[at:], UNCLEAR)


def _other_digits(rng: Random, column: Column, text: str) -> Written:
    start = rng.choice([0xFF10, 0x0660, 0x0966])
    digits = {str(n): chr(start + n) for n in range(10)}
    return Written("".join(digits.get(letter, letter) for letter in text), UNCLEAR)


def _unseen(rng: Random, column: Column, text: str) -> Written:
    at = rng.randrange(len(text) + 1)
    return Written(text[:at] + rng.choice("\u200b\ufeff\u00ad\u2060") + text[at:], UNCLEAR)


def _raised(rng: Random, column: Column, text: str) -> Written:
    return Written(text + rng.choice("\u00b2\u00b3\u00bd"))


def _control(rng: Random, column: Column, text: str) -> Written:
    return Written(text + rng.choice(["\x1b[31m", "\x07", "\x0b", "\x7f"]), UNCLEAR)


WAYS: dict[str, Way] = {
    "number: blank": _blank,
    "number: a word": _words,
    "number: an error of Excel": _excel_error,
    "number: negative": _negative,
    "number: not finite": _not_finite,
    "number: huge": _huge,
    "number: tiny": _tiny,
    "number: a letter for a digit": _letter,
    "number: decimal comma": _decimal_comma,
    "number: thousands by point, decimal comma": _thousands(".", ","),
    "number: thousands by comma": _thousands(",", "."),
    "number: thousands by space": _thousands(" ", "."),
    "number: thousands by no-break space": _thousands("\u00a0", ","),
    "number: thousands by apostrophe": _thousands("'", "."),
    "number: thousands by underscore": _thousands("_", "."),
    "number: unit behind": _unit,
    "number: currency in front": _currency,
    "number: ribu, juta behind": _word_of_thousand,
    "number: percent": _percent,
    "number: percent without its sign": _percent_without_sign,
    "number: a date": _date,
    "number: plus sign": _plus,
    "number: long minus": _long_minus,
    "number: parentheses": _parentheses,
    "number: footnote mark": _footnote,
    "number: a range": _range,
    "number: about": _about,
    "number: two points": _two_points,
    "number: a formula": _formula,
    "number: exponent": _exponent,
    "number: more zeros": _zeros,
    "number: apostrophe in front": _apostrophe,
    "number: spaces around": _spaces,
    "number: space inside": _space_inside,
    "number: digits of another script": _other_digits,
    "number: something unseen": _unseen,
    "number: raised figure": _raised,
    "number: control character": _control,
}
