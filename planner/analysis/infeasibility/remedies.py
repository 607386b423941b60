"""The lines of an answer: which figure of the scenario has to change, and to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.analysis.infeasibility.relaxations import KINDS, RelaxationKind
from planner.arrays import Floats, Integers

NOTHING = 1e-4
"""The tolerance of the solver: less than this is nothing, t (or TEU)."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure now and as it has to be; `period` is "" where one figure holds for all."""

    period: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class LimitRef:
    """A limit as it is: one of `limits.KINDS` and the labels of its row."""

    kind: str
    key: tuple[str, ...]

    @property
    def where(self) -> dict[str, str]:
        """The row of the table, by key column."""
        return dict(zip(KINDS[self.kind].key, self.key, strict=True))


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do.

    Parameters
    ----------
    kind
        One of `limits.KINDS`.
    key
        Labels of the row, in the order of the key of the kind.
    rank
        One of `limits.WEIGHTS`.
    changes
        The figures that change, by period where each has one of its own.
    periods
        Where the limit falls short; empty where that is no matter of periods.
    amount
        By how much it falls short in its worst period, in units of the program.
    unit
        Unit of the figures.
    against
        Limits that this one cannot be kept with, the other lines being done; none of them can be left out.
    """

    kind: str
    key: tuple[str, ...]
    rank: str
    changes: tuple[FigureChange, ...]
    periods: tuple[str, ...]
    amount: float
    unit: str
    against: tuple[LimitRef, ...] = ()

    @property
    def of(self) -> RelaxationKind:
        """What is known of all lines of this kind."""
        return KINDS[self.kind]

    @property
    def where(self) -> dict[str, str]:
        """The row of the table, by key column."""
        return LimitRef(self.kind, self.key).where


def build_remedies(
    cells: pd.DataFrame, group: Integers, values: Floats, periods: Sequence[str]
) -> dict[int, Remedy]:
    """Round what the twins say to figures that can be written into the tables.

    Parameters
    ----------
    cells
        What each twin stands for.
    group
        The line that each twin belongs to.
    values
        The twins, in units of the program.
    periods
        Labels of the periods.

    Returns
    -------
    A line for each group with a twin above nothing.
    """
    used = cells.assign(group=group, value=values).loc[values > NOTHING]
    return {
        int(twins["group"].iloc[0]): _line(twins, periods) for _, twins in used.groupby("group")
    }


def _line(twins: pd.DataFrame, periods: Sequence[str]) -> Remedy:
    first = twins.iloc[0]
    kind = KINDS[first["kind"]]
    figures = _figures(twins, kind)
    if kind.by_period:
        changes = [
            FigureChange(periods[t], old, new)
            for t, old, new in zip(twins["period"], twins["old"], figures, strict=True)
        ]
    elif first["kind"] == "equal":
        changes = [FigureChange("", 0.0, float(sum(set(twins["needs"]))))]
    else:
        changes = [
            FigureChange("", float(first["old"]), min(figures) if kind.falls else max(figures))
        ]
    short = sorted(set(twins["period"]) - {-1})
    return Remedy(
        first["kind"],
        first["key"],
        first["rank"],
        tuple(sorted(changes, key=lambda change: change.period)),
        tuple(periods[t] for t in short),
        float(twins["value"].max()),
        first["unit"],
    )


def _figures(twins: pd.DataFrame, kind: RelaxationKind) -> list[float]:
    """Return the figure that each twin asks for, rounded towards giving way more."""
    amount = (twins["value"] - NOTHING) / twins["size"]
    wanted = twins["needs"].fillna(twins["old"] + (-amount if kind.falls else amount))
    steps = np.floor(wanted / twins["step"]) if kind.falls else np.ceil(wanted / twins["step"])
    return [max(round(float(figure), 6), 0.0) for figure in steps * twins["step"]]


def room(
    cells: pd.DataFrame, group: Integers, lines: dict[int, Remedy], periods: Sequence[str]
) -> Floats:
    """Return what each twin may take when everything is done as the lines say, in units of the program.

    A share that changes counts as lifted: how much it allows hangs on the whole.
    """
    new = cells["old"].to_numpy(dtype=float, copy=True)
    labels = np.array([*periods, ""], dtype=object)[cells["period"]]
    for number, line in lines.items():
        for change in line.changes:
            new[(group == number) & ((not line.of.by_period) | (labels == change.period))] = (
                change.new
            )
    done = np.where(new == cells["old"], 0.0, np.inf)
    rise = np.abs(new - cells["old"]) * cells["size"]
    timely = np.where(new >= cells["needs"], np.inf, 0.0)
    let_go = np.where(new.astype(int) & cells["needs"].fillna(0).astype(int), np.inf, 0.0)
    which = [cells["unit"] == "share", cells["needs"].isna(), cells["kind"] == "equal"]
    return np.select(which, [done, rise, let_go], timely)
