"""The proof of a balance: each identity worked out from the published figures, beside what was published.

difference = published - computed
slack      = what rounding alone can explain: half a unit of the last digit of every figure that takes part
closes     : |difference| is nothing;  rounding : |difference| <= slack;  breaks : |difference| > slack
untested   : an identity that could not be worked out, or figures that stand in none, and why

The identities stand on top of `planner.exchange.balance_audit.identities`, `passing` and `audit_sums`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from planner.errors import InputError, Problem
from planner.exchange.balance_audit.carry_over import audit_carry_over
from planner.exchange.balance_audit.identities import (
    Outcome,
    Tested,
    Untested,
    audit_within,
    infer_conventions,
)
from planner.exchange.balance_audit.published_balance import (
    PublishedBalance,
    Source,
    read_published_balances,
)
from planner.exchange.balance_audit.sum_rows import audit_sums
from planner.exchange.balance_audit.vocabulary import lines_in_roles

_CLEARLY = 4
"""How many times fewer identities must break before numbers are read in the unusual way."""
RESULTS = {"available", "domestic_supply", "distribution", "domestic_use", "closing"}
"""Lines that are worked out from others: a blank in one of them is a figure that is not there, not nothing."""
OTHER_USES = "other_uses"
UNTESTED, REMARK = "untested", "remark"
_COLUMNS = [
    "balance", "identity", "published", "computed", "difference", "slack", "verdict", "twin", "line",
    "why", "names",
]  # fmt: skip


def audit_balance(path: str | Path, sheet: str = "") -> pd.DataFrame:
    """Prove a table of published balances.

    Parameters
    ----------
    path
        CSV or workbook; see `read_published_balances`.
    sheet
        Name of the sheet of a workbook; by default the first one that people see.

    Returns
    -------
    One row for each identity: `balance`, `identity`, `published`, `computed`, `difference` and `slack` in
    tonnes (days for `days_of_cover`), `verdict` (closes, rounding, breaks, untested), `twin`: another line of
    the balance with just the published figure, and `line` of the file. Of what was not tested, `why` says the
    reason and `names` what it is about; where an identity breaks, `names` has the lines left blank. A row with
    the verdict remark tells how the table was read.

    Raises
    ------
    InputError
        If the table cannot be read, or holds no line of a balance.
    """
    source = read_published_balances(path, sheet)
    language, unit, balances, outcomes = _read(source)
    if not outcomes and not source.aside:
        raise InputError([Problem("proof_too_little", str(path))])
    rows = [_row(one) for one in outcomes]
    rows += [_untested(one) for one in (*_left_over(balances, outcomes), *_not_read(source))]
    if language != source.usual and len(source.languages()) > 1:
        rows.append(_untested(Untested("", "", f"numbers_{language}", ())))
    if source.bare:
        named = tuple(f"{name} ({unit or 'ton'})" for name in source.bare)
        rows.append(_untested(Untested("", "", "units_assumed", named)))
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    remarks = frame["why"].str.startswith(("numbers_", "hidden_", "units_"))
    frame.loc[remarks, "verdict"] = REMARK
    return frame


class _Reading(NamedTuple):
    """The balances of a file read in one way, and what comes out of them.

    Parameters
    ----------
    language
        In which numbers are written.
    unit
        Of the lines without one; "" for tonnes.
    """

    language: str
    unit: str
    balances: list[PublishedBalance]
    outcomes: list[Outcome]

    @classmethod
    def of(cls, source: Source, language: str, unit: str = "") -> _Reading:
        balances = source.balances(language, unit)
        return cls(language, unit, balances, list(_explained(_all(balances, source))))

    def misses(self) -> int:
        return sum(isinstance(one, Tested) and one.verdict == "breaks" for one in self.outcomes)


def _read(source: Source) -> _Reading:
    """Read the table as it is usually meant; in another way where that alone makes sense of it.

    Lines without a unit are tonnes, or else are counted as those beside them.
    """
    usual, *others = [_Reading.of(source, language) for language in source.languages()]
    misses = usual.misses()
    for other in others:
        if misses and other.misses() * _CLEARLY <= misses:
            usual = other
            break
    ways = [usual, *(_Reading.of(source, usual.language, unit) for unit in source.units)]
    return min(ways, key=_Reading.misses)


def _all(balances: Sequence[PublishedBalance], source: Source) -> Iterator[Outcome]:
    counts = infer_conventions(balances)
    for balance in balances:
        yield from audit_within(balance, counts)
    yield from audit_carry_over(balances, source.dimensions)
    yield from audit_sums(balances)
    yield from _left_blank(balances)
    yield from _other_uses_only(balances)


def _left_blank(balances: Sequence[PublishedBalance]) -> Iterator[Untested]:
    """Report a result that one balance leaves blank though others have it: a blank would pass for nothing to test."""
    for balance in balances:
        for item in sorted(RESULTS & {*balance.nil}):
            if any(item in other.figures for other in balances):
                line = balance.line
                yield Untested(balance.name, f"line:{item}", "missing_figure", (item,), line)


def _other_uses_only(balances: Sequence[PublishedBalance]) -> Iterator[Untested]:
    """Report a table whose only use is "others": its need may stand under a name that says nothing of it."""
    lines = {item for balance in balances for item in balance.figures}
    if lines & {*lines_in_roles("use")} == {OTHER_USES}:
        first = next(b.figures[OTHER_USES] for b in balances if OTHER_USES in b.figures)
        yield Untested("", f"line:{OTHER_USES}", "other_uses_only", (OTHER_USES,), first.line)


def _explained(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Where an identity misses by just the figure of a line that is not known, that line may belong to it."""
    for one in outcomes:
        unknown = [] if not isinstance(one, Tested) or one.verdict != "breaks" else _missed(one)
        if isinstance(one, Tested) and unknown:
            lines = tuple(item for _, item in one.used)
            reason, names, line = "unknown_line_fits", tuple(unknown), one.figure.line
            yield Untested(one.balance.name, one.identity, reason, names, line, lines)
        else:
            yield one


def _missed(test: Tested) -> list[str]:
    """Return the unknown lines that are as large as the gap of an identity inside a balance."""
    if any(balance is not test.balance for balance, _ in test.used):
        return []
    return [
        name
        for name, figure in test.balance.unknown.items()
        if figure.value
        and abs(abs(test.difference) - abs(figure.value)) <= test.slack + figure.half
    ]


def _left_over(
    balances: Sequence[PublishedBalance], outcomes: Sequence[Outcome]
) -> Iterator[Untested]:
    """Report the figures that no identity reads, line by line."""
    used = {(id(b), item) for one in outcomes if isinstance(one, Tested) for b, item in one.used}
    told = {
        (one.balance, name)
        for one in outcomes
        if isinstance(one, Untested)
        for name in (one.identity.partition(":")[2], *one.lines)
    }
    unread: dict[str, list[PublishedBalance]] = defaultdict(list)
    having: dict[str, int] = defaultdict(int)
    for balance in balances:
        for item in balance.figures:
            having[item] += 1
            if (id(balance), item) not in used and (balance.name, item) not in told:
                unread[item].append(balance)
    for item, those in unread.items():
        names = () if len(those) == having[item] else tuple(balance.name for balance in those)
        yield Untested("", f"line:{item}", "no_identity", names, those[0].figures[item].line)


def _not_read(source: Source) -> Iterator[Untested]:
    """Report what of the file is in no balance: unknown lines, other sheets, hidden rows."""
    by_reason: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for aside in source.aside:
        by_reason[aside.reason].append((aside.name, aside.line))
    for reason, found in by_reason.items():
        yield Untested("", "", reason, tuple(name for name, _ in found), found[0][1])
    grid = source.grid
    if grid.other_sheets:
        yield Untested("", "", "other_sheets", tuple(grid.other_sheets))
    if grid.hidden:
        yield Untested("", "", "hidden_rows", tuple(map(str, grid.hidden)))


def _row(outcome: Outcome) -> tuple[object, ...]:
    if isinstance(outcome, Untested):
        return _untested(outcome)
    figure, verdict = outcome.figure, outcome.verdict
    blank = [item for balance, item in outcome.used if item in balance.nil]
    twin = names = ""
    if verdict == "breaks":
        twin, names = _twin(outcome), "; ".join(dict.fromkeys(blank))
    numbers = (figure.value, outcome.computed.value, outcome.difference, outcome.slack)
    place = outcome.balance.name, outcome.identity
    return (*place, *numbers, verdict, twin, figure.line, "", names)


def _untested(one: Untested) -> tuple[object, ...]:
    numbers = (float("nan"),) * 4
    names = "; ".join(one.names)
    return (one.balance, one.identity, *numbers, UNTESTED, "", one.line, one.reason, names)


def _twin(test: Tested) -> str:
    """Return another line with the same figure: it may have been copied there."""
    figures, figure = test.balance.figures, test.figure
    same = (
        item
        for item, other in figures.items()
        if other is not figure and other.value == figure.value
    )
    return next(same, "")
