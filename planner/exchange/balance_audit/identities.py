"""The identities inside one balance: which lines must add up to which.

available       = opening stock + production + imported + received
domestic supply = production + imported + received - sent - exported -/+ stock variation
domestic supply = the sum of its uses
distribution    = uses + sent + exported + closing stock
closing stock   = available - uses - sent - exported + shortage
surplus         = available - uses - sent - exported
stock variation = closing stock - opening stock
days of cover   = closing stock / need * days of the period
daily need      = need / days of the period

Lines that a balance does not have count as nothing, except that `available` is summed up where it is not
given. Sources differ in a few things, such as the sign of the stock variation: see `Conventions`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from planner.exchange.balance_audit.period_labels import Period
from planner.exchange.balance_audit.published_balance import PublishedBalance, PublishedFigure
from planner.exchange.balance_audit.vocabulary import lines_in_roles

YEARS = (365.0, 366.0, 365.25, 360.0)
"""Days of a year as offices count them; the last is twelve months of thirty days."""
WEEKS = 364.0
"""Days of a year of 52 weeks, which only what is told in weeks is counted with."""
_PARTS = tuple(
    Period("name", first, length) for length in (1, 3, 6) for first in range(1, 13, length)
)
"""Parts of a year that a balance without a period may be of."""
INFLOWS = lines_in_roles("inflow")
OUTFLOWS = lines_in_roles("outflow")
USES = lines_in_roles("use")
SUMS = {*lines_in_roles("sum")}
SURPLUS_WAYS = ("surplus", "surplus_of_supply", "surplus_of_production")
"""What a surplus is counted from: all that is available, what was made and imported, or what was made."""
_SAME = 1e-12
_NOTHING = 1e-6


class ComputedSum(NamedTuple):
    """A computed value, what rounding may have moved it, and the largest figure in it."""

    value: float
    slack: float
    size: float = 0.0

    @classmethod
    def of(
        cls, plus: Sequence[PublishedFigure], minus: Sequence[PublishedFigure] = ()
    ) -> ComputedSum:
        """Add up figures."""
        value = math.fsum([*(f.value for f in plus), *(-f.value for f in minus)])
        figures = (*plus, *minus)
        return cls(value, sum(f.half for f in figures), max(abs(f.value) for f in figures))


@dataclass(frozen=True, slots=True)
class Tested:
    """An identity that was worked out: what was published, what was computed, and which figures took part."""

    balance: PublishedBalance
    identity: str
    item: str
    computed: ComputedSum
    used: tuple[tuple[PublishedBalance, str], ...]

    @property
    def figure(self) -> PublishedFigure:
        """The published figure."""
        return self.balance.figures[self.item]

    @property
    def difference(self) -> float:
        """Published less computed."""
        return self.figure.value - self.computed.value

    @property
    def slack(self) -> float:
        """What rounding alone can explain."""
        return self.figure.half + self.computed.slack

    @property
    def verdict(self) -> str:
        """Return closes, rounding or breaks."""
        size = max(abs(self.figure.value), abs(self.computed.value), self.computed.size)
        if abs(self.difference) <= _SAME * size:
            return "closes"
        return "rounding" if abs(self.difference) <= self.slack * (1 + _NOTHING) else "breaks"


@dataclass(frozen=True, slots=True)
class Untested:
    """An identity that could not be worked out, or figures that no identity reads.

    Parameters
    ----------
    balance, identity
        Of which balance; "" where it is about a file or about many.
    reason
        Why, as the catalogue names it.
    names
        What it is about: lines, labels, sheets.
    line
        Of the file; 0 where it is about no single one.
    lines
        All lines of the balance that would take part.
    """

    balance: str
    identity: str
    reason: str
    names: tuple[str, ...]
    line: int = 0
    lines: tuple[str, ...] = ()


type Outcome = Tested | Untested


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a table counts where tables differ; the first reading of each is the usual one.

    Parameters
    ----------
    drawn
        Whether a positive stock variation was taken from the stock and adds to the supply.
    need_is_sum
        Whether the need contains the other uses.
    processed_is_sum
        Whether "processed" contains what is processed for food and for other things.
    net
        Whether what leaves is already taken off what is available.
    without_closing
        Whether the distribution leaves out the closing stock.
    surplus
        Which of `SURPLUS_WAYS` a surplus is; None where it is another one, beside a closing stock.
    """

    drawn: bool = False
    need_is_sum: bool = False
    processed_is_sum: bool = False
    net: bool = False
    without_closing: bool = False
    surplus: int | None = 0


def infer_conventions(balances: Sequence[PublishedBalance]) -> Conventions:
    """Return how a table counts: the reading with which most of its identities hold, the usual one first."""
    lines = {item for balance in balances for item in (*balance.figures, *balance.nil)}
    others = lines & {*USES} - {"need", "processed_food", "processed_other"}
    asked = {
        "drawn": "stock_variation" in lines,
        "need_is_sum": "need" in lines and bool(others),
        "processed_is_sum": "processed" in lines
        and bool(lines & {"processed_food", "processed_other"}),
        "net": "available" in lines and bool(lines & {*OUTFLOWS}),
        "without_closing": {"distribution", "closing"} <= lines,
        "surplus": "surplus" in lines,
    }
    choices = [Conventions()]
    for name in (name for name, is_open in asked.items() if is_open):
        readings: tuple[Any, ...] = (0, 1, 2) if name == "surplus" else (False, True)
        choices = [replace(choice, **{name: reading}) for choice in choices for reading in readings]
    best = min(choices, key=lambda choice: (_misses(balances, choice), choices.index(choice)))
    return best if _surplus_holds(balances, best) else replace(best, surplus=None)


def _misses(balances: Sequence[PublishedBalance], choice: Conventions) -> int:
    found = [outcome for balance in balances for outcome in audit_within(balance, choice)]
    return sum(isinstance(one, Tested) and one.verdict == "breaks" for one in found)


def _surplus_holds(balances: Sequence[PublishedBalance], choice: Conventions) -> bool:
    """Check whether a surplus is the one meant here; beside a closing stock it may be another one."""
    beside = [b for b in balances if {"closing", "surplus"} <= {*b.figures}]
    found = [one for balance in beside for one in audit_within(balance, choice)]
    tested = [one for one in found if isinstance(one, Tested) and one.item == "surplus"]
    broken = sum(one.verdict == "breaks" for one in tested)
    return not tested or broken * 3 <= len(tested)


def audit_within(balance: PublishedBalance, counts: Conventions) -> Iterator[Outcome]:
    """Compute the identities inside one balance."""
    yield from _supply(balance, counts)
    yield from _use(balance, counts)
    yield from _left(balance, counts)
    yield from _ratios(balance, counts)


def _supply(balance: PublishedBalance, counts: Conventions) -> Iterator[Outcome]:
    has = _lines(balance)
    into, out = _variation(balance, counts)
    inflows = [item for item in INFLOWS if not (into or out) or item != "opening_stock"]
    leaving = list(OUTFLOWS)
    if "available" in has:
        minus = [*out, *(leaving if counts.net else [])]
        key = "available_net" if counts.net else "available"
        yield from _one(balance, key, "available", [*inflows, *into], minus)
    if "domestic_supply" in has:
        stocks = not (into or out) and {"opening_stock", "closing"} <= has
        plus = [*inflows, *into] if into or out or stocks else _without(inflows, "opening_stock")
        minus = [*leaving, *out, *(["closing"] if stocks else [])]
        key = "domestic_supply"
        key += "_drawn" if into else "_stored" if out else "_stocks" if stocks else ""
        yield from _one(balance, key, "domestic_supply", plus, minus)
    if {"stock_variation", "opening_stock", "closing"} <= has:
        first, then = ("opening_stock", "closing") if counts.drawn else ("closing", "opening_stock")
        key = "stock_variation_drawn" if counts.drawn else "stock_variation"
        yield from _one(balance, key, "stock_variation", [first], [then])


def _variation(balance: PublishedBalance, counts: Conventions) -> tuple[list[str], list[str]]:
    """Return the stock variation as what adds to the supply and what is taken off it.

    Where both stocks are given it only repeats their difference.
    """
    has = _lines(balance)
    if "stock_variation" not in has or {"opening_stock", "closing"} <= has:
        return [], []
    return (["stock_variation"], []) if counts.drawn else ([], ["stock_variation"])


def _use(balance: PublishedBalance, counts: Conventions) -> Iterator[Outcome]:
    has = _lines(balance)
    single = _single_uses(balance, counts)
    parts = [item for item in USES if item != "need"]
    if "need" in has and counts.need_is_sum and len(has & {*parts}) > 1:
        yield from _one(balance, "need", "need", _spread(parts, has, counts))
    if counts.processed_is_sum and "processed" in has:
        halves = ["processed_food", "processed_other"]
        yield from _one(balance, "processed", "processed", halves)
    if "domestic_use" in has and len(has & {*single}) > 1:
        yield from _one(balance, "domestic_use", "domestic_use", single)
    total = ["domestic_use"] if "domestic_use" in has else single
    used = has & {*total}
    if "domestic_supply" in has and ("domestic_use" in has or len(used) > 1):
        yield from _one(balance, "uses", "domestic_supply", total)
    elif "domestic_supply" in has and used:
        line = balance.line
        yield Untested(balance.name, "uses", "one_use", tuple(used), line)
    if "distribution" in has:
        yield from _distributed(balance, counts, total)


def _distributed(
    balance: PublishedBalance, counts: Conventions, total: Sequence[str]
) -> Iterator[Outcome]:
    has = _lines(balance)
    rest = [*total, *OUTFLOWS] + ([] if counts.without_closing else ["closing"])
    if len(has & {*rest}) > 1:
        key = "distribution_without_closing" if counts.without_closing else "distribution"
        yield from _one(balance, key, "distribution", rest)
    if "available" in has and (not counts.without_closing or "closing" not in has):
        yield from _one(balance, "both_sides", "distribution", ["available"])


def _left(balance: PublishedBalance, counts: Conventions) -> Iterator[Outcome]:
    """Compute what is left: the closing stock, or else a surplus."""
    has = _lines(balance)
    into, out = _variation(balance, counts)
    base = ["available"] if "available" in has else [*INFLOWS, *into]
    total = ["domestic_use"] if "domestic_use" in has else _single_uses(balance, counts)
    leaving = [] if counts.net and "available" in has else list(OUTFLOWS)
    minus = [*total, *leaving, *([] if "available" in has else out)]
    if not has & {*base} or not has & {*total, *OUTFLOWS}:
        return
    if "closing" in has and ("opening_stock" in has or "domestic_supply" not in has):
        yield from _one(balance, "closing", "closing", [*base, "shortage"], minus)
    if "surplus" in has and counts.surplus is not None:
        rest = ["shortage"] if "shortage" in has and "closing" not in has else []
        ways = [
            (base, minus),
            (["production", "imported"], minus),
            (["production"], ["need", "food"]),
        ]
        plus, less = ways[counts.surplus]
        key = SURPLUS_WAYS[counts.surplus]
        yield from _one(balance, key, "surplus", [*plus, *rest], less)
    if "shortage" in has and not has & {"closing", "surplus"}:
        lacking = [*_one(balance, "shortage", "shortage", minus, base)]
        yield from map(_at_least_nothing, lacking)


def _at_least_nothing(outcome: Outcome) -> Outcome:
    """Count a shortage as none where more is available than needed."""
    if isinstance(outcome, Tested) and outcome.computed.value < 0:
        return replace(outcome, computed=outcome.computed._replace(value=0.0))
    return outcome


def _ratios(balance: PublishedBalance, counts: Conventions) -> Iterator[Outcome]:
    figures = balance.figures
    closing = "closing" if "closing" in figures else "surplus"
    uses = [item for item in _single_uses(balance, counts) if item in figures]
    ways = [parts for parts in (["need"], uses) if parts and {*parts} <= {*figures}]
    needs = {tuple(parts): ComputedSum.of([figures[item] for item in parts]) for parts in ways}
    needs = {parts: need for parts, need in needs.items() if need.value > 0}
    if "days_of_cover" in figures and needs and closing in figures:
        yield _over_time(
            balance,
            "days_of_cover",
            {
                (closing, *parts): partial(_ratio, figures[closing], need)
                for parts, need in needs.items()
            },
        )
    if "daily_need" in figures and needs:
        yield _over_time(
            balance, "daily_need", {parts: partial(_a_day, need) for parts, need in needs.items()}
        )


def _ratio(closing: PublishedFigure, need: ComputedSum, days: float) -> ComputedSum:
    """Return the days of cover; rounding of a quotient, to first order."""
    cover = closing.value / need.value * days
    slack = (closing.half + abs(closing.value / need.value) * need.slack) / need.value * days
    return ComputedSum(cover, slack)


def _a_day(need: ComputedSum, days: float) -> ComputedSum:
    return ComputedSum(need.value / days, need.slack / days)


def _over_time(
    balance: PublishedBalance,
    item: str,
    ways: Mapping[tuple[str, ...], Callable[[float], ComputedSum]],
) -> Outcome:
    """Test a line that hangs on the days of the period.

    Where the period is not known, a year is tried; what would be right for a part of a year is not tested.
    """
    weeks = balance.figures[item].weekly
    tests = [_best(balance, item, parts, [*map(way, possible_days(balance.period, weekly=weeks))])
             for parts, way in ways.items()]  # fmt: skip
    best = next((test for test in tests if test.verdict != "breaks"), tests[0])
    if best.verdict == "breaks" and balance.period is None:
        for parts, way in ways.items():
            shorter = [way(days) for part in _PARTS for days in possible_days(part, weekly=weeks)]
            if _best(balance, item, parts, shorter).verdict != "breaks":
                named = (balance.name,) if balance.name else ()
                lines = (item, *parts)
                return Untested(
                    balance.name, item, "no_length", named, balance.figures[item].line, lines
                )
    return best


def possible_days(period: Period | None, *, weekly: bool = False) -> tuple[float, ...]:
    """Return the days that a period may be counted with, the likeliest first; a year where none is known.

    Parameters
    ----------
    period
        Of a balance.
    weekly
        Whether a year may have 52 weeks.
    """
    years = (*YEARS, WEEKS) if weekly else YEARS
    shares = tuple(year * (period.months if period else 12) / 12 for year in years)
    return (*period.days(), *shares) if period else shares


def _best(
    balance: PublishedBalance, item: str, parts: Sequence[str], ways: Sequence[ComputedSum]
) -> Tested:
    """Test a line that may be counted in several ways; the first counts where none closes."""
    used = tuple((balance, part) for part in (item, *parts))
    tests = [Tested(balance, item, item, way, used) for way in ways]
    return next((test for test in tests if test.verdict != "breaks"), tests[0])


def _one(
    balance: PublishedBalance,
    identity: str,
    item: str,
    plus: Sequence[str],
    minus: Sequence[str] = (),
) -> Iterator[Outcome]:
    """Compute one identity; where a figure of it is not known, return that instead."""
    lines = [item, *plus, *minus]
    unknown = tuple(line for line in lines if line in balance.missing)
    parts = [line for line in (*plus, *minus) if line in balance.figures]
    if unknown and (parts or item in balance.figures):
        yield Untested(
            balance.name, identity, "missing_figure", unknown, balance.line, tuple(lines)
        )
    elif item in balance.figures and parts:
        figures = balance.figures
        computed = ComputedSum.of(
            [figures[line] for line in plus if line in figures],
            [figures[line] for line in minus if line in figures],
        )
        nil = [line for line in lines if line in balance.nil]
        used = tuple((balance, line) for line in (item, *parts, *nil))
        yield Tested(balance, identity, item, computed, used)


def _lines(balance: PublishedBalance) -> set[str]:
    """Return the lines that a balance has, with or without a figure; a sum left blank is none."""
    return {*balance.figures, *balance.missing, *(balance.nil.keys() - SUMS)}


def _single_uses(balance: PublishedBalance, counts: Conventions) -> list[str]:
    """Return the uses that are no part of another one."""
    has = _lines(balance)
    if counts.need_is_sum and "need" in has:
        return ["need"]
    return _spread(list(USES), has, counts)


def _spread(uses: Sequence[str], has: set[str], counts: Conventions) -> list[str]:
    halves = {"processed_food", "processed_other"}
    doubled = halves if counts.processed_is_sum and "processed" in has else set()
    return [item for item in uses if item not in doubled]


def _without(items: Sequence[str], item: str) -> list[str]:
    return [other for other in items if other != item]
