"""A change in words: before, after, and the difference."""

from __future__ import annotations

from planner.language import number, percent, rupiah, signed, text, tonnes


def tonnes_change(old: float, new: float, language: str) -> str:
    """Say how tonnes changed."""
    difference = signed(tonnes(abs(new - old), language), new - old)
    return becomes(tonnes(old, language), tonnes(new, language), language, difference)


def money_change(old: float, new: float, language: str) -> str:
    """Say how a sum of rupiah changed."""
    difference = money_difference(new - old, language)
    return becomes(rupiah(old, language), rupiah(new, language), language, difference)


def money_difference(idr: float, language: str) -> str:
    """Say by how much a sum of rupiah changed."""
    return signed(rupiah(abs(idr), language), idr)


def share_change(old: float, new: float, language: str) -> str:
    """Say how a share changed."""
    return becomes(percent(old, language, 1), percent(new, language, 1), language)


def price_change(old: float, new: float, language: str) -> str:
    """Say how a price changed, from IDR/t."""
    before, after = (f"Rp{number(idr / 1000, language)}/kg" for idr in (old, new))
    return becomes(before, after, language)


def becomes(before: str, after: str, language: str, difference: str = "") -> str:
    """Say that something became something else; or still is the same, as far as it is written."""
    if before == after:
        return text("compare.unchanged", language, value=after)
    key = "compare.becomes_by" if difference else "compare.becomes"
    return text(key, language, before=before, after=after, difference=difference)
