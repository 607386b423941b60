"""The language of a reader with the currency and the places of a scenario: what a sentence is written in.

A `Locale` is the code of a language and stands wherever one is asked for, so that a sentence far below knows the
currency of the figures it tells. A bare code speaks of rupiah.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Self

from babel.numbers import get_currency_name, get_currency_symbol

RUPIAH = "IDR"
_PROVINCE = re.compile(r"(?<![\w{-])(?:provinces?|provinsi)(?![\w}-]|\.\w)", re.IGNORECASE)
"""The word for a place in a sentence; no blank, and no name of a file."""


class Locale(str):
    """The code of a language, which knows a currency and what places are called.

    Parameters
    ----------
    language
        ``"id"`` or ``"en"``; a `Locale` loses what it knows.
    currency
        ISO 4217 code.
    place
        What a place is called, one and many, where it is no province: ``("regency", "regencies")``.

    Examples
    --------
    >>> peso = Locale("en", "PHP")
    >>> peso == "en", peso.money_words["money_name"]
    (True, 'Philippine pesos')
    """

    __slots__ = ("currency", "place")
    currency: str
    place: tuple[str, ...]

    def __new__(cls, language: str, currency: str = RUPIAH, place: tuple[str, ...] = ()) -> Self:
        """Build the code with its currency."""
        made = super().__new__(cls, language)
        made.currency, made.place = currency, place
        return made

    def __reduce__(self) -> tuple[type[Locale], tuple[str, str, tuple[str, ...]]]:
        """Return what a copy in another process is built of."""
        return Locale, (str(self), self.currency, self.place)

    @property
    def money_words(self) -> dict[str, str]:
        """What a sentence may say of the currency: its sign before an amount and by itself, code, and name."""
        return _money_words(str(self), self.currency)

    def with_its_places(self, sentence: str) -> str:
        """Return a sentence that calls provinces what the scenario calls them; what stands in braces is kept."""
        return _PROVINCE.sub(self._place, sentence) if self.place else sentence

    def _place(self, found: re.Match[str]) -> str:
        word = self.place[found[0].lower() == "provinces"]
        return word[:1].upper() + word[1:] if found[0][0].isupper() else word

    @property
    def sign(self) -> str:
        """What stands before an amount: Rp, ₱; a code stands apart."""
        return self.money_words["money_sign"]

    @property
    def money_decimals(self) -> int:
        """Decimals of amounts in files: rupiah are whole, a tonne may cost less than one unit of others."""
        return 0 if self.currency == RUPIAH else 4


def locale_of(language: str) -> Locale:
    """Return a language as a `Locale`; a bare code counts in rupiah."""
    return language if isinstance(language, Locale) else Locale(language)


@cache
def _money_words(language: str, currency: str) -> dict[str, str]:
    if currency == RUPIAH:  # Babel has this sign in Indonesian only, and says "Indonesian rupiahs"
        sign, name = "Rp", "rupiah"
    else:
        sign = get_currency_symbol(currency, locale=language)
        name = get_currency_name(currency, count=2, locale=language)
    return {
        "money_sign": f"{sign}\N{NO-BREAK SPACE}" if sign == currency else sign,
        "money_unit": sign,
        "money_code": currency,
        "money_name": name,
        "money_heading": name[:1].upper() + name[1:],
    }
