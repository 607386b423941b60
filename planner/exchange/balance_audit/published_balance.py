"""A published balance as it was typed in: its figures in tonnes, how exact they are, and where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from planner.errors import InputError, Problem
from planner.exchange.balance_audit.counted import (
    NoTimeError,
    is_weekly,
    parted,
    scale,
    units_of_others,
)
from planner.exchange.balance_audit.footnote_marks import without_marks
from planner.exchange.balance_audit.period_labels import Period, is_period, parse_periods
from planner.exchange.balance_audit.table_layout import (
    PlacedCell,
    UntestedBlock,
    is_blank,
    is_missing,
    is_sum,
    lay_out,
)
from planner.exchange.balance_audit.vocabulary import (
    bare,
    first_names,
    identify_line,
    line_role,
    lines_in_roles,
    near_miss,
    words,
)
from planner.formats.grid import Grid, read_grid
from planner.i18n.parse import (
    WRITINGS,
    MixedNumbersError,
    is_number,
    language_of,
    meanings,
    read_number,
    ways,
)
from planner.units import UnitError

_MOST_PERIODS = 0.5
"""Share of the labels of a dimension that must be periods before it counts as time."""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A published figure: tonnes (days for cover), how far rounding may have moved it, and its place.

    `weekly` tells that it was counted in weeks.
    """

    value: float
    half: float
    line: int
    column: str
    weekly: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PublishedBalance:
    """One published balance.

    Parameters
    ----------
    label
        What it is of, as published: ("Bali", "2025-03").
    place
        The label without its time, one text for each dimension.
    time
        What the label says of time; "" where nothing.
    period
        The period that this is; None where it is none that is known.
    figures
        Its lines by name.
    missing
        Lines whose figure is said to be unknown: n.a., ...
    nil
        Lines with a blank or a dash, which counts as nothing.
    unknown
        Figures of lines that are not known, by what these are called.
    """

    label: tuple[str, ...]
    place: tuple[str, ...]
    time: str
    period: Period | None
    figures: dict[str, PublishedFigure] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    nil: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, PublishedFigure] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The label in one text."""
        return ", ".join(part for part in self.label if part)

    @property
    def line(self) -> int:
        """The first line of the file that holds a figure of it."""
        return min((figure.line for figure in self.figures.values()), default=0)


class Source:
    """The cells of a file with published balances.

    Parameters
    ----------
    grid
        The file.

    Raises
    ------
    InputError
        If no line of a balance is recognised, or one is nearly written as a line that is known.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        layout = lay_out(grid)
        if not layout.cells:
            known = ", ".join(first_names())
            raise InputError([Problem("proof_nothing", grid.file, values={"known": known})])
        self.dimensions = layout.dimensions
        counted = [cell for cell in layout.cells if cell.item != "beside"]
        self.cells = _needs_apart(_labels_cleaned(counted))
        self.bare, self.units = units_of_others(self.cells)
        self.unknown = [
            replace(cell, label=tuple(map(without_marks, cell.label))) for cell in layout.unknown
        ]
        self.aside = [*layout.aside, *_beside(layout.cells)]
        self.problems = [self._slip(aside) for aside in self.aside if _is_slip(aside)]

    def _slip(self, aside: UntestedBlock) -> Problem:
        place = aside.line, aside.at, aside.column
        near = near_miss(aside.name)
        return self.grid.problem("proof_unknown_line", *place, value=aside.name, nearest=near)

    @cached_property
    def texts(self) -> list[str]:
        """The figures that are kept as text, without marks and units."""
        cells = (parted(cell) for cell in self.cells if _is_text(cell))
        return [text for text, _ in cells if is_number(text)]

    @property
    def usual(self) -> str:
        """The language in which numbers are written where nothing tells."""
        return "id" if self.grid.indonesian else "en"

    def languages(self) -> list[str]:
        """Return the languages in which the numbers may be written, the likeliest first.

        Raises
        ------
        InputError
            If some can only be Indonesian and others only English.
        """
        try:
            found = language_of(self.texts, self.usual)
        except MixedNumbersError as error:
            problem = Problem("proof_mixed_numbers", self.grid.file, values=error.examples)
            raise InputError([*self.problems, problem]) from None
        if any(len(ways(text)) == 1 for text in self.texts):
            return [found]
        open_to_both = any(len(meanings(text)) > 1 for text in self.texts)
        return sorted(WRITINGS, key=lambda other: other != found) if open_to_both else [found]

    def balances(self, language: str, without: str = "") -> list[PublishedBalance]:
        """Return the balances, with numbers read as a language writes them.

        Parameters
        ----------
        language
            ``"id"`` or ``"en"``.
        without
            The unit of lines of which none is said; "" for tonnes.

        Raises
        ------
        InputError
            With every cell that cannot be read.
        """
        problems = list(self.problems)
        decimals = _finest(self.cells)
        found = self._empty()
        named: dict[tuple[tuple[str, ...], str], PlacedCell] = {}
        for cell in self.cells:
            balance = found[cell.label]
            if _is_text(cell) and is_blank(cell.entry):
                kind = balance.missing if is_missing(cell.entry) else balance.nil
                kind.setdefault(cell.item, cell.line)
                continue
            figure = self._figure(cell, language, decimals, without)
            if isinstance(figure, Problem):
                problems.append(figure)
            elif cell.item in balance.figures:
                problems.append(self._doubled(cell, named[cell.label, cell.item]))
            else:
                balance.figures[cell.item] = figure
                named[cell.label, cell.item] = cell
        for cell in self.unknown:
            if cell.label in found and not (_is_text(cell) and is_blank(cell.entry)):
                figure = self._figure(cell, language, decimals, without)
                if isinstance(figure, PublishedFigure):
                    found[cell.label].unknown[cell.name] = figure
        if problems:
            raise InputError(sorted(problems, key=lambda problem: problem.line))
        return _signed([balance for balance in found.values() if balance.figures])

    def _doubled(self, cell: PlacedCell, first: PlacedCell) -> Problem:
        """Report that a line stands twice, or that two lines are taken for the same one."""
        place = cell.line, cell.at, cell.column
        if bare(cell.name) == bare(first.name):
            return self.grid.problem("doubled_key", *place, value=cell.name, first=first.line)
        values = {"value": cell.name, "other": first.name, "first": first.line}
        return replace(self.grid.problem("proof_line_twice", *place), values=values)

    def _empty(self) -> dict[tuple[str, ...], PublishedBalance]:
        labels = list(dict.fromkeys(cell.label for cell in self.cells))
        times = self._time_dimensions(labels)
        said = {label: " ".join(label[at] for at in times).strip() for label in labels}
        periods = parse_periods(said.values())
        return {
            label: PublishedBalance(
                label,
                tuple(part for at, part in enumerate(label) if at not in times),
                said[label],
                periods.get(said[label]),
            )
            for label in labels
        }

    def _time_dimensions(self, labels: Sequence[tuple[str, ...]]) -> list[int]:
        """Find the dimensions of the labels that are time: by their heading, or by what stands there."""
        found = []
        for at, name in enumerate(self.dimensions):
            values = {label[at] for label in labels if label[at] and not is_sum(label[at])}
            periods = [value for value in values if is_period(value)]
            headed = without_marks(name).lower() in words("headings", "times")
            if headed or (values and len(periods) >= _MOST_PERIODS * len(values)):
                found.append(at)
        return found

    def _figure(
        self, cell: PlacedCell, language: str, decimals: dict[str, int], without: str
    ) -> PublishedFigure | Problem:
        """Read a figure, or return why it cannot be read."""
        place = cell.line, cell.at, cell.column
        if cell.entry.flaw:
            return self.grid.problem(cell.entry.flaw, *place, value=cell.entry.text)
        text, unit = parted(cell)
        unit = unit or ("" if line_role(cell.item) in {"ratio", "rate"} else without)
        try:
            one = scale(cell, unit, language)
            if cell.entry.number is None:
                written = read_number(text, language)
                value, half = written.value, written.half
            else:
                shown = cell.entry.decimals
                value = cell.entry.number
                half = 0.5 * 10.0 ** -(decimals.get(cell.unit, 0) if shown is None else shown)
        except UnitError as error:
            hint = {"wanted": error.wanted, "nearest": error.nearest}
            problem = self.grid.problem(error.key, *place, value=unit)
            return replace(problem, values={**problem.values, **hint})
        except NoTimeError:
            return self.grid.problem("proof_no_time", *place, value=unit)
        except ValueError:
            key = "proof_not_a_figure"
            return self.grid.problem(key, *place, value=cell.entry.text.strip()[:40])
        weekly = is_weekly(cell, unit)
        return PublishedFigure(value * one, half * one, cell.line, cell.column, weekly)


def read_published_balances(path: str | Path, sheet: str = "") -> Source:
    """Read a table of published balances.

    Parameters
    ----------
    path
        CSV, or a workbook. Either a line of the balance in each row ("Stok awal", "Produksi", ...) and a
        balance in each column, or a balance in each row and its lines in the columns. A unit stands in
        brackets behind a name, in a column "satuan", behind a number or in the title; without one it is
        tonnes.
    sheet
        Name of the sheet of a workbook; by default the first one that people see.

    Raises
    ------
    InputError
        If the file cannot be read, or holds no line of a balance.
    """
    return Source(read_grid(Path(path), sheet))


def _is_text(cell: PlacedCell) -> bool:
    return cell.entry.number is None and not cell.entry.flaw


def _labels_cleaned(cells: Sequence[PlacedCell]) -> list[PlacedCell]:
    """Take marks off the labels, unless only they tell two balances apart."""
    clean = [replace(cell, label=tuple(map(without_marks, cell.label))) for cell in cells]
    apart = len({(cell.label, cell.item) for cell in cells})
    return clean if len({(cell.label, cell.item) for cell in clean}) == apart else list(cells)


def _needs_apart(cells: Sequence[PlacedCell]) -> list[PlacedCell]:
    """Report the total of the need from its parts: what households need is all of it where nothing else is said."""
    lines: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for cell in cells:
        lines[cell.label][cell.name] = cell.item
    return [replace(cell, item=_need_or_part(cell, lines[cell.label])) for cell in cells]


def _need_or_part(cell: PlacedCell, lines: Mapping[str, str]) -> str:
    needs = [name for name, item in lines.items() if item == "need"]
    totals = [name for name in needs if is_sum(name)]
    if cell.item == "need" and len(needs) > 1 == len(totals) and cell.name not in totals:
        return "household"
    others = {*lines.values()} & {*lines_in_roles("use", "sum")} - {"household", "available"}
    return "need" if cell.item == "household" and not others else cell.item


def _beside(cells: Sequence[PlacedCell]) -> list[UntestedBlock]:
    """Return the lines that are known, and that no identity reads."""
    found = {cell.name: cell for cell in cells if cell.item == "beside"}
    return [
        UntestedBlock("beside", name, cell.line, cell.at, cell.column)
        for name, cell in found.items()
    ]


def _is_slip(aside: UntestedBlock) -> bool:
    return (
        aside.reason == "unknown_line"
        and not identify_line(aside.name)
        and bool(near_miss(aside.name))
    )


def _finest(cells: Sequence[PlacedCell]) -> dict[str, int]:
    """Return, by unit, the most decimals that any number of a workbook has.

    A format that leaves the decimals open shows 4 for 4.0: such a number is as exact as those beside it.
    """
    found = Counter[str]()
    for cell in cells:
        if cell.entry.number is not None:
            stored = len(cell.entry.text.partition(".")[2])
            shown = stored if cell.entry.decimals is None else cell.entry.decimals
            found[cell.unit] = max(found[cell.unit], shown)
    return dict(found)


def _signed(balances: Sequence[PublishedBalance]) -> list[PublishedBalance]:
    """Turn what leaves into positive figures, where a table writes all of it with a minus.

    A shortage is one with or without a minus. A single line with a minus is left: it may be a slip.
    """
    leaving = lines_in_roles("use", "outflow")
    lines = {item for balance in balances for item in balance.figures if item in leaving}
    figures = [b.figures[item].value for b in balances for item in lines if item in b.figures]
    turned = lines if len(lines) > 1 and figures and max(figures) <= 0 > min(figures) else set()
    short = [b.figures["shortage"].value for b in balances if "shortage" in b.figures]
    if short and max(short) <= 0:
        turned = turned | {"shortage"}
    for balance in balances:
        for item in turned & {*balance.figures}:
            figure = balance.figures[item]
            balance.figures[item] = replace(figure, value=-figure.value)
    return list(balances)
