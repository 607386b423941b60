"""A change in words: before, after, and the difference; never "as before" of what did change.

Figures are compared before they are rounded. Where both are written alike, the difference is told instead.
"""

from __future__ import annotations

from collections.abc import Callable

from planner.i18n import (
    few_digits,
    locale_of,
    money,
    money_per_kg,
    percent,
    signed,
    text,
    tonnes,
)

type _Writer = Callable[[float], str]

LEAST_T, LEAST_SHARE = 0.0005, 1e-9
"""Half of the last digits in which tables are written; less than this is no change. Shares are not written."""
LEAST_RELATIVE = 0.0005
"""Less than this of the figure before is not told as a share of it."""


def least_money(language: str) -> float:
    """Return half of the last digit in which amounts of a `Locale` are written: half a rupiah."""
    return 0.5 * 10.0 ** -locale_of(language).money_decimals


def tonnes_change(old: float, new: float, language: str) -> str:
    """Write how tonnes changed."""
    return _change(
        old,
        new,
        LEAST_T,
        (lambda t: tonnes(t, language), lambda t: tonnes_by(t, language)),
        language,
        tell=True,
    )


def money_change(old: float, new: float, language: str) -> str:
    """Write how a sum of money changed."""
    return _change(
        old,
        new,
        least_money(language),
        (lambda idr: money(idr, language), lambda idr: money(idr, language)),
        language,
        tell=True,
    )


def money_difference(idr: float, language: str) -> str:
    """Write by how much a sum of money changed."""
    return signed(money(abs(idr), language), idr)


def share_change(old: float, new: float, language: str) -> str:
    """Write how a share changed."""
    return _change(
        old,
        new,
        LEAST_SHARE,
        (lambda share: percent(share, language, 1), lambda share: points(share, language)),
        language,
    )


def price_change(old: float, new: float, language: str) -> str:
    """Write how a price changed, from IDR/t."""
    return _change(
        old,
        new,
        least_money(language),
        (
            lambda idr: money_per_kg(idr / 1000, language),
            lambda idr: f"{locale_of(language).sign}{few_digits(idr / 1000, language)}/kg",
        ),
        language,
    )


def tonnes_by(t: float, language: str) -> str:
    """Write a difference in tonnes, also one of less than a tonne."""
    small = f"{few_digits(t, language)} {text('unit.tonnes', language)}"
    return tonnes(t, language) if t >= 1 else small


def points(share: float, language: str) -> str:
    """Write a difference of shares in percentage points."""
    return text("compare.points", language, points=few_digits(100 * share, language))


def becomes(before: str, after: str, language: str, difference: str = "") -> str:
    """Report that something became something else, which is written otherwise."""
    key = "compare.becomes_by" if difference else "compare.becomes"
    return text(key, language, before=before, after=after, difference=difference)


def _change(
    old: float,
    new: float,
    least: float,
    write: tuple[_Writer, _Writer],
    language: str,
    *,
    tell: bool = False,
) -> str:
    """Write how a figure changed; `write` the figure and a difference, and `tell` that also beside both."""
    whole, by = write
    before, after, size = whole(old), whole(new), abs(new - old)
    if size < least:
        return text("compare.unchanged", language, value=after)
    if before != after:
        return becomes(before, after, language, signed(by(size), new - old) if tell else "")
    share = size / abs(old) if old else 0.0
    relative = f" ({percent(share, language, 1)})" if share >= LEAST_RELATIVE else ""
    key = "rises" if new > old else "falls"
    return text(f"compare.{key}", language, difference=by(size), relative=relative, before=before)
