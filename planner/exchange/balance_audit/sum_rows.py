"""Rows that are sums of other rows: totals by any name, subtotals, groups of islands.

A row is a sum because its label says so ("Jumlah", "INDONESIA", "Jawa"), or because it equals the rows
above it, or below it, in every column. Such a row is tested against its parts, and it is no part of the
total itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from babel import Locale

from planner.exchange.balance_audit.carry_over import is_mean
from planner.exchange.balance_audit.identities import ComputedSum, Outcome, Tested, Untested
from planner.exchange.balance_audit.published_balance import PublishedBalance, PublishedFigure
from planner.exchange.balance_audit.table_layout import is_sum
from planner.exchange.balance_audit.vocabulary import bare, groups, line_role, words
from planner.i18n import LANGUAGES

FEW_PROVINCES = 34
"""Provinces of Indonesia before 2022; a table with fewer may list only some of them."""
MOST_ROWS = 1000
"""Rows of one list among which sums without a name are looked for."""
_NOTHING = 1e-6
STOCKS = ("opening_stock", "closing", "available", "surplus", "shortage", "daily_need")
"""Lines that do not add up over time."""


class _Node:
    """A row in a list of balances: its parts, where it is a sum of others, and what all of these add up to."""

    def __init__(self, balance: PublishedBalance, parts: Sequence[_Node] = ()) -> None:
        self.balance, self.parts = balance, list(parts)
        self.sums: dict[str, ComputedSum] = {}
        for leaf in self.leaves():
            for line, figure in leaf.figures.items():
                self.sums[line] = _plus(
                    self.sums.get(line, ComputedSum(0.0, 0.0)), ComputedSum.of([figure])
                )

    def leaves(self) -> list[PublishedBalance]:
        """Return the rows at the bottom."""
        return [leaf for part in self.parts for leaf in part.leaves()] or [self.balance]


class _Beside(_Node):
    """A sum that stands beside the others, because its parts are known by name wherever they stand."""


def _plus(one: ComputedSum, other: ComputedSum | None) -> ComputedSum:
    if other is None:
        return one
    return ComputedSum(one.value + other.value, one.slack + other.slack, max(one.size, other.size))


def _equals(figure: PublishedFigure, computed: ComputedSum) -> bool:
    """Check whether a figure is a sum within rounding."""
    size = max(abs(figure.value), computed.size)
    gap = abs(figure.value - computed.value)
    return gap <= (figure.half + computed.slack) * (1 + _NOTHING) + _NOTHING**2 * size


def audit_sums(balances: Sequence[PublishedBalance]) -> Iterator[Outcome]:
    """Test all sums of places, goods and periods in a table, whose balances stand in its order."""
    for rows in _lists(balances):
        yield from _List(rows, over_time=False).tested()
    for rows in _lists_in_time(balances):
        yield from _List(rows, over_time=True).tested()


def _lists(balances: Sequence[PublishedBalance]) -> Iterator[list[tuple[str, PublishedBalance]]]:
    """Yield balances that differ in one part of their place only, with that part.

    A part that another one decides (the island of a province) is no dimension of its own.
    """
    kept = _own_dimensions(balances)
    for at in kept:
        groups: dict[tuple[str, ...], list[tuple[str, PublishedBalance]]] = defaultdict(list)
        for balance in balances:
            others = tuple(bare(balance.place[other]) for other in kept if other != at)
            groups[balance.time, *others].append((_said(balance, at, kept), balance))
        yield from (rows for rows in groups.values() if len(rows) > 1)


def _said(balance: PublishedBalance, at: int, kept: Sequence[int]) -> str:
    """Return what a balance is called in one dimension, with the parts that it decides."""
    own = [part for other, part in enumerate(balance.place) if other == at or other not in kept]
    said = [part for part in own if part]
    sums = [part for part in said if is_sum(part)]
    if sums and len(said) > 1 and not any(bare(s) in words("totals", "all") for s in sums):
        rest = next((part for part in said if part not in sums), "")
        return f"jumlah {rest}" if rest else sums[0]
    return next(iter(sums), balance.place[at] or next(iter(said), ""))


def _own_dimensions(balances: Sequence[PublishedBalance]) -> list[int]:
    width = max((len(balance.place) for balance in balances), default=0)
    kept = list(range(width))
    rows = [b.place for b in balances if not any(map(is_sum, b.place)) and all(b.place)]
    for at in range(width):
        others = [other for other in kept if other != at]
        if at in kept and any(_decides(rows, other, at) for other in others):
            kept.remove(at)
    return kept


def _decides(rows: Sequence[tuple[str, ...]], by: int, at: int) -> bool:
    """Check whether one part of the labels always goes with the same other part."""
    pairs = {(row[by], row[at]) for row in rows}
    return bool(pairs) and len(pairs) == len({row[by] for row in rows})


def _lists_in_time(
    balances: Sequence[PublishedBalance],
) -> Iterator[list[tuple[str, PublishedBalance]]]:
    """Yield the balances of each place over time, where something in it is no plain period."""
    groups: dict[tuple[str, ...], list[tuple[str, PublishedBalance]]] = defaultdict(list)
    for balance in balances:
        if balance.time:
            groups[balance.place].append((balance.time, balance))
    for rows in groups.values():
        sorts = {b.period.sort if b.period else ("", 1) for _, b in rows}
        if len(rows) > 1 and {kind for kind, _ in sorts} - {"year", "season"} and len(sorts) > 1:
            yield rows


class _List:
    """A list of rows in one dimension, and which of them are sums of which others."""

    def __init__(self, rows: Sequence[tuple[str, PublishedBalance]], *, over_time: bool) -> None:
        self.over_time = over_time
        self.rows = [(label, b) for label, b in rows if not is_mean(label)]
        self.labels = {id(b): label for label, b in self.rows}
        countries = any(bare(label) in _countries() for label, _ in self.rows)
        whole = words("totals", "world") if countries else words("totals", "all")
        self.whole = [b for label, b in self.rows if bare(label) in whole]
        self.others = [b for _, b in self.rows if b not in self.whole]

    def tested(self) -> Iterator[Outcome]:
        """Test every sum of the list against its parts."""
        nodes = self._best_reading()
        inner = [node for node in _all_nodes(nodes) if node.parts]
        for node in inner:
            yield from self._against(node.balance, node.leaves())
        for total in self.whole:
            yield from self._whole(total, nodes)

    def _best_reading(self) -> list[_Node]:
        """Read the list with sums below their parts, above them, and anywhere; the first with most sums counts."""
        down = self._read(self.others)
        up = self._read(self.others[::-1])
        return max(down, up, self._in_any_order(), key=self._sums)

    def _in_any_order(self) -> list[_Node]:
        """Read the only sum of a list as that of all its rows, as in a table that was sorted in another way."""
        sums = [b for b in self.others if is_sum(self.labels[id(b)])]
        if len(sums) != 1 or self.over_time:
            return []
        return [_Node(sums[0], [_Node(b) for b in self.others if b is not sums[0]])]

    def _sums(self, nodes: Sequence[_Node]) -> int:
        return sum(
            all(_equals(node.balance.figures[line], computed) for line, computed in compared)
            for node in _all_nodes(nodes)
            if node.parts and (compared := self._compared(node.balance, node.leaves()))
        )

    def _read(self, rows: Sequence[PublishedBalance]) -> list[_Node]:
        """Put rows into a tree: a sum takes in the rows before it that it is the sum of."""
        stack: list[_Node] = []
        waiting: list[tuple[PublishedBalance, str]] = []
        for balance in rows:
            label = self.labels[id(balance)]
            group = self._members(label)
            if group:
                waiting.append((balance, label))
                continue
            take = self._taken(balance, label, stack)
            node = _Node(balance, stack[len(stack) - take :] if take else [])
            stack = [*stack[: len(stack) - take], node]
        named = [(b, [_Node(member) for member in self._members(label)]) for b, label in waiting]
        return [*stack, *(_Beside(b, members) for b, members in named)]

    def _members(self, label: str) -> list[PublishedBalance]:
        """Return the rows of a group of islands that is known with its provinces."""
        group = island_group(label)
        if not group:
            return []
        provinces = _group_provinces(group)
        own = [
            b for other, b in self.rows if bare(other) in provinces and bare(other) != bare(label)
        ]
        return own if len(own) > (1 if bare(label) in _all_provinces() else 0) else []

    def _taken(self, balance: PublishedBalance, label: str, stack: Sequence[_Node]) -> int:
        """Return how many rows at the top of the stack a row is the sum of; 0 where it is none."""
        if covered := self._covered(balance, stack):
            return covered
        if not stack or len(stack) > MOST_ROWS or self._plain_period(balance):
            return 0
        said = is_sum(label) or (bool(island_group(label)) and self._has_members_unnamed())
        exact, nearly = self._sums_at_the_top(balance, stack)
        for takes in (exact, nearly):
            fitting = [
                take
                for take in takes
                if said or take > 1 or (takes is exact and self._single(balance, stack[-1]))
            ]
            if fitting:
                return max(fitting)
        if not said:
            return 0
        if bare(label) in words("totals", "some") and balance is self.others[-1]:
            return len(stack)
        run = 0
        while run < len(stack) and not stack[-1 - run].parts:
            run += 1
        return run or len(stack)

    def _covered(self, balance: PublishedBalance, stack: Sequence[_Node]) -> int:
        """Return how many rows at the top of the stack are the months or quarters that a longer period holds."""
        months = rows = 0
        for node in reversed(stack if self.over_time and balance.period else ()):
            inner = node.balance.period
            if inner is None or balance.period is None or not balance.period.holds(inner):
                break
            months, rows = months + inner.months, rows + 1
        return rows if balance.period and months == balance.period.months else 0

    def _sums_at_the_top(
        self, balance: PublishedBalance, stack: Sequence[_Node]
    ) -> tuple[list[int], list[int]]:
        """Return how many rows at the top of the stack add up to a row: in all columns, or in all but one."""
        lines = [line for line in balance.figures if self._adds_up(line)]
        running = dict.fromkeys(lines, ComputedSum(0.0, 0.0))
        found: tuple[list[int], list[int]] = ([], [])
        for take, node in enumerate(reversed(stack), start=1):
            running = {line: _plus(running[line], node.sums.get(line)) for line in lines}
            held = [line for line in lines if _equals(balance.figures[line], running[line])]
            slips = len(lines) - len(held)
            telling = sum(running[line].value != 0 for line in held)
            least = 1 if is_sum(self.labels[id(balance)]) else 2
            if slips <= 1 and telling >= max(least, 2 * slips):
                found[slips].append(take)
        return found

    def _adds_up(self, line: str) -> bool:
        return line_role(line) != "ratio" and not (self.over_time and line in STOCKS)

    def _plain_period(self, balance: PublishedBalance) -> bool:
        """Check whether a row is one of the periods that most rows are: those are parts of sums."""
        if not self.over_time or balance.period is None:
            return False
        sorts = [b.period.sort for _, b in self.rows if b.period]
        return balance.period.sort == max(set(sorts), key=sorts.count)

    def _has_members_unnamed(self) -> bool:
        """Check whether a list of groups holds anything else, which could be their parts."""
        return any(not island_group(label) and not is_sum(label) for label, _ in self.rows)

    def _single(self, balance: PublishedBalance, node: _Node) -> bool:
        """Check whether a row may be the sum of one other: a group of a single place.

        That is so where the list has a total which closes without it.
        """
        if node.parts or not self.whole:
            return False
        total = self.whole[0]
        rest = [b for b in self.others if b is not balance]
        with_it, without = self._gaps(total, self.others), self._gaps(total, rest)
        return without < with_it or self._half_of_all()

    def _half_of_all(self) -> bool:
        """Check whether the rows add up to twice the total: then each is counted in a sum as well."""
        total = self.whole[0]
        lines = self._compared(total, self.others)
        twice = [
            abs(2 * total.figures[line].value - computed.value)
            <= 2 * total.figures[line].half + computed.slack
            for line, computed in lines
        ]
        return bool(twice) and sum(twice) * 2 > len(twice)

    def _gaps(self, total: PublishedBalance, parts: Sequence[PublishedBalance]) -> float:
        gaps = [
            abs(total.figures[line].value - computed.value) / (abs(computed.value) or 1.0)
            for line, computed in self._compared(total, parts)
        ]
        return sum(gaps)

    def _compared(
        self, total: PublishedBalance, parts: Sequence[PublishedBalance]
    ) -> list[tuple[str, ComputedSum]]:
        """Return the sum of the parts in each line that a total and any of its parts have."""
        found = []
        for line in total.figures:
            if not self._adds_up(line):
                continue
            figures = [part.figures[line] for part in parts if line in part.figures]
            if figures and not any(line in part.missing for part in parts):
                found.append((line, ComputedSum.of(figures)))
        return found

    def _against(
        self, total: PublishedBalance, parts: Sequence[PublishedBalance]
    ) -> Iterator[Outcome]:
        """Test each line of a sum."""
        for line, computed in self._compared(total, parts):
            used = ((total, line), *((part, line) for part in parts if line in part.figures))
            nil = [(part, line) for part in parts if line in part.nil]
            yield Tested(total, f"total:{line}", line, computed, (*used, *nil))
        for line in total.figures:
            unknown = tuple(part.name for part in parts if line in part.missing)
            if unknown and line_role(line) != "ratio":
                yield Untested(total.name, f"total:{line}", "missing_part", unknown, total.line)
        if self.over_time:
            yield from self._ends(total, parts)

    def _ends(
        self, total: PublishedBalance, parts: Sequence[PublishedBalance]
    ) -> Iterator[Outcome]:
        """Test the stocks of a sum over time: those of its first and of its last period."""
        dated = sorted((b for b in parts if b.period), key=lambda b: b.period or ("", 0))
        if not dated:
            return
        for line, end in (("opening_stock", dated[0]), ("closing", dated[-1])):
            if line in total.figures and line in end.figures:
                used = (total, line), (end, line)
                yield Tested(total, f"end:{line}", line, ComputedSum.of([end.figures[line]]), used)

    def _whole(self, total: PublishedBalance, nodes: Sequence[_Node]) -> Iterator[Outcome]:
        """Test a total of all; where the parts may be incomplete or doubled, say so instead."""
        top = [node for node in nodes if not isinstance(node, _Beside)]
        parts = _leaves(top)
        found = [*self._against(total, parts)]
        tests = [one for one in found if isinstance(one, Tested)]
        broken = [test for test in tests if test.verdict == "breaks"]
        if not parts:
            yield Untested(total.name, "total", "no_parts", (), total.line)
        elif broken and len(broken) == len(tests) and self._incomplete(parts, broken):
            names = tuple(part.name for part in parts)
            yield Untested(total.name, "total", "some_parts", names, total.line)
        elif broken and len(broken) == len(tests) > 1 and all(map(_doubled, broken)):
            names = tuple(part.name for part in parts)
            yield Untested(total.name, "total", "parts_doubled", names, total.line)
        else:
            yield from found

    def _incomplete(self, parts: Sequence[PublishedBalance], broken: Sequence[Tested]) -> bool:
        """Check whether a table lists only some provinces or countries: every line of the total is larger."""
        labels = {bare(self.labels[id(part)]) for part in parts}
        known = labels & (_all_provinces() | _countries())
        larger = all(test.difference > 0 for test in broken)
        return larger and len(known) * 2 > len(labels) and len(labels) < FEW_PROVINCES


def _doubled(test: Tested) -> bool:
    """Check whether the parts add up to twice the total."""
    half = test.figure.half + test.slack
    return abs(2 * test.figure.value - test.computed.value) <= half


def _leaves(nodes: Sequence[_Node]) -> list[PublishedBalance]:
    return [leaf for node in nodes for leaf in node.leaves()]


def _all_nodes(nodes: Sequence[_Node]) -> Iterator[_Node]:
    for node in nodes:
        yield node
        yield from _all_nodes(node.parts)


def island_group(label: str) -> str:
    """Return the group of islands that a label names, or ""; "Jumlah Jawa" is Java."""
    said = bare(label)
    for start in ("", *words("totals", "before")):
        short = said.removeprefix(start).strip()
        for group, entry in groups().items():
            if short in entry["names"]:
                return group
    return ""


@cache
def _group_provinces(group: str) -> frozenset[str]:
    entry = groups()[group]
    if "outside" in entry:
        return _all_provinces() - _group_provinces(str(entry["outside"]))
    return frozenset(entry["provinces"])


@cache
def _all_provinces() -> frozenset[str]:
    return frozenset(name for entry in groups().values() for name in entry.get("provinces", ()))


@cache
def _countries() -> frozenset[str]:
    """Return the names of countries in our languages, but for our own."""
    named = {
        name.lower()
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code.isalpha() and code != "ID"
    }
    return frozenset(named - _all_provinces())
