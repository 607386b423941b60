"""Money on charts: the sign and the name of the currency of a scenario, with digits that tell amounts apart."""

from __future__ import annotations

import math
from dataclasses import dataclass

from babel.numbers import get_currency_name, get_currency_symbol

from planner.i18n import number, rupiah, text

_SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True, slots=True)
class Money:
    """How a currency is written.

    Parameters
    ----------
    currency
        ISO code.
    language
        ``"id"`` or ``"en"``.
    """

    currency: str
    language: str

    @property
    def sign(self) -> str:
        """What stands before an amount: Rp, ₱; a code stands apart."""
        if self.currency == "IDR":
            return "Rp"  # Babel has this sign in Indonesian only
        sign = get_currency_symbol(self.currency, locale=self.language)
        return f"{sign}\N{NO-BREAK SPACE}" if sign == self.currency else sign

    @property
    def name(self) -> str:
        """The currency inside a sentence, in the plural: rupiah, Philippine pesos."""
        if self.currency == "IDR":
            return text("chart.money.rupiah", self.language)
        return get_currency_name(self.currency, count=2, locale=self.language)

    @property
    def heading(self) -> str:
        """The currency at the head of a line: Rupiah."""
        return self.name[:1].upper() + self.name[1:]

    def whole(self, value: float) -> str:
        """Return an amount in millions, billions or trillions, a small one with the digits that count."""
        if self.currency == "IDR":
            return rupiah(value, self.language)
        for size, key in _SIZES:
            if abs(value) >= size:
                return f"{self.each(value / size, 1)} {text(f'unit.{key}', self.language)}"
        return self.each(value, decimals(abs(value)))

    def each(self, value: float, places: int = 0) -> str:
        """Return an amount with so many decimals."""
        return f"{self.sign}{number(value, self.language, places)}"


def decimals(size: float) -> int:
    """Return how many decimals an amount of this size needs for two digits that count: 0 from 10 on."""
    return 0 if size >= 10 or size <= 0 else min(1 - math.floor(math.log10(size)), 8)
