"""The identity between periods: what one leaves is what the next one starts with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from planner.exchange.balance_audit.identities import ComputedSum, Outcome, Tested, Untested
from planner.exchange.balance_audit.published_balance import PublishedBalance
from planner.exchange.balance_audit.table_layout import is_sum
from planner.exchange.balance_audit.vocabulary import bare, words

IDENTITY = "stock_passed_on"


def audit_carry_over(
    balances: Sequence[PublishedBalance], dimensions: Sequence[str]
) -> Iterator[Outcome]:
    """Test that what one period leaves is what the next one starts with; tell where that cannot be done.

    Parameters
    ----------
    balances
        All balances of a table.
    dimensions
        The headings of the parts of their labels: of places, nothing is said where there is no period.
    """
    stocked = [b for b in balances if "opening_stock" in b.figures or "opening_stock" in b.missing]
    by_place: dict[tuple[str, ...], list[PublishedBalance]] = defaultdict(list)
    for balance in stocked:
        by_place[balance.place].append(balance)
    for those in by_place.values():
        yield from _in_one_place(those)
    strangers = [b.name for b in stocked if b.period is None and not _is_no_period(b, dimensions)]
    if len(stocked) > 1 and strangers:
        yield Untested("", IDENTITY, "no_period", tuple(strangers), stocked[0].line)


def _is_no_period(balance: PublishedBalance, dimensions: Sequence[str]) -> bool:
    """Check whether a label is plainly of something else than time: a place, a sum, a mean."""
    headed = {bare(name) for name in dimensions} & {*_places()}
    known = {bare(part) for part in balance.place} & {*words("totals", "all")}
    if balance.time:
        return is_sum(balance.time) or is_mean(balance.time)
    return bool(headed or known or any(is_sum(part) for part in balance.label))


def _places() -> frozenset[str]:
    return words("headings", "places") | words("headings", "goods")


def is_mean(label: str) -> bool:
    """Check whether a label is of a mean or a change, which is no period and no part of a sum."""
    said = bare(label)
    return any(
        said.startswith(word) for word in words("totals", "means") | words("totals", "changes")
    )


def _in_one_place(balances: Sequence[PublishedBalance]) -> Iterator[Outcome]:
    dated = [balance for balance in balances if balance.period is not None]
    kinds = Counter(balance.period.sort for balance in dated if balance.period)
    twice = Counter(balance.period for balance in dated)
    by_period = {balance.period: balance for balance in dated}
    for balance in dated:
        if balance.period is None:
            continue
        if twice[balance.period] > 1:
            yield Untested(balance.name, IDENTITY, "period_twice", (balance.time,), balance.line)
            continue
        later = [p for p in by_period if p and p.sort == balance.period.sort and p > balance.period]
        after = by_period.get(balance.period.after())
        if after is not None:
            yield from _to_next(balance, after)
        elif later:
            gap = by_period[min(later)]
            between = (balance.time, gap.time)
            yield Untested(gap.name, IDENTITY, "period_gap", between, gap.line)
    if len(dated) > 1 and len(kinds) == len(dated):
        names = tuple(balance.time for balance in dated)
        yield Untested("", IDENTITY, "periods_differ", names, dated[0].line)


def _to_next(balance: PublishedBalance, after: PublishedBalance) -> Iterator[Outcome]:
    """Test the opening stock of a period; a surplus stands for the closing stock only where it fits."""
    left = next((item for item in ("closing", "surplus") if item in balance.figures), "")
    opening = "opening_stock"
    if opening in after.missing or "closing" in balance.missing:
        line = opening if opening in after.missing else "closing"
        yield Untested(after.name, IDENTITY, "missing_figure", (line,), after.line)
    elif left and opening in after.figures:
        computed = ComputedSum.of([balance.figures[left]])
        used = (after, opening), (balance, left)
        tested = Tested(after, IDENTITY, opening, computed, used)
        if left == "surplus" and tested.verdict == "breaks":
            yield Untested(after.name, IDENTITY, "surplus_no_stock", (left,), after.line)
        else:
            yield tested
