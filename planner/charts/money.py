"""Money on charts: the sign and the name of the currency of a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from planner.i18n import RUPIAH, Locale, amount, decimals, money

__all__ = ["Money", "decimals"]


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
    def _locale(self) -> Locale:
        return Locale(self.language, self.currency)

    @property
    def sign(self) -> str:
        """What stands before an amount: Rp, ₱; a code stands apart."""
        return self._locale.sign

    @property
    def name(self) -> str:
        """The currency inside a sentence, in the plural: rupiah, Philippine pesos."""
        return self._locale.money_words["money_name"]

    @property
    def heading(self) -> str:
        """The currency at the head of a line: Rupiah."""
        return self._locale.money_words["money_heading"]

    def whole(self, value: float) -> str:
        """Return an amount in millions, billions or trillions, a small one with the digits that count."""
        return money(value, self._locale)

    def price(self, value: float, places: int = 0) -> str:
        """Return an amount beside larger ones, of so many decimals; one that would read as nothing has more.

        Rupiah have none: nobody pays less than one.
        """
        least = 0 if self.currency == RUPIAH or round(value, places) else decimals(abs(value))
        return self.each(value, max(places, least))

    def each(self, value: float, places: int = 0) -> str:
        """Return an amount with so many decimals."""
        return amount(value, self._locale, places)
