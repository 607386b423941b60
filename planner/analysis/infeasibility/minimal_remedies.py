"""The fewest lines: none of them can be left out.

1. The least sum of twins. 2. Line by line, the smallest first: leave it out if the others can take its load for no
more than twice its price. 3. Round what is left to figures that can be written down. A figure that
holds for all periods now gives way in all of them, so 4. leave out each line without which the others, as they
stand, are enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.analysis.infeasibility.conflict_set import conflicting_limits
from planner.analysis.infeasibility.elastic_program import ElasticProgram
from planner.analysis.infeasibility.relaxations import WEIGHTS
from planner.analysis.infeasibility.remedies import NOTHING, Remedy, build_remedies, room
from planner.arrays import Booleans, Floats


class MinimalRemedies(NamedTuple):
    """What was found.

    Parameters
    ----------
    lines
        The softest first; None if what may give way does not suffice.
    pressed
        Goods that stood still though the answer might be smaller if they moved.
    """

    lines: list[Remedy] | None
    pressed: set[int]


def find_minimal_remedies(
    elastic: ElasticProgram,
    cells: pd.DataFrame,
    refused: Booleans,
    periods: Sequence[str],
    *,
    against: bool,
) -> MinimalRemedies:
    """Find the fewest lines.

    Parameters
    ----------
    elastic
        The model whose limits may give way.
    cells
        What each twin stands for.
    refused
        Twins that may not be used.
    periods
        Labels of the periods.
    against
        Whether to look for what each line stands against.
    """
    if refused.any():
        values = elastic.least_of(refused)
        if values[refused].max() > NOTHING:
            return MinimalRemedies(None, elastic.pressed())
        elastic.allow(refused, 0.0)
    search = _Search(elastic, cells, periods)
    search.sparse()
    lines, pressed = search.needed()
    lines = search.with_opponents(lines) if against else lines
    return MinimalRemedies(list(lines.values()), pressed)


class _Search:
    """One search for the lines of one answer; a line is known by the number of its twins' group."""

    def __init__(
        self, elastic: ElasticProgram, cells: pd.DataFrame, periods: Sequence[str]
    ) -> None:
        self._elastic, self._cells, self._periods = elastic, cells, periods
        group = cells.groupby(["kind", "key"], sort=False).ngroup()
        self._group = group.to_numpy().astype(np.int64)
        self._shares = (cells["unit"] == "share").to_numpy()
        self._proven: set[int] = set()
        self._values = elastic.least()

    def sparse(self) -> None:
        """Leave out lines that others can replace at no more than twice their price."""
        self._elastic.allow(~np.isin(self._group, list(self._prices())), 0.0)
        tried: set[int] = set()
        while left := {number: p for number, p in self._prices().items() if number not in tried}:
            number = min(left, key=lambda number: (left[number], number))
            tried.add(number)
            self._try_without(number, left[number])

    def _try_without(self, number: int, price: float) -> None:
        own = self._group == number
        if self._elastic.least_of(own)[own].max() > NOTHING:
            self._proven |= set() if self._elastic.pressed() else {number}
            return
        before, worth = self._elastic.most[own], self._elastic.price @ self._values
        self._elastic.allow(own, 0.0)
        values = self._elastic.least()
        if self._elastic.price @ values <= worth + price:
            self._values = values
        else:
            self._elastic.allow(own, before)

    def needed(self) -> tuple[dict[int, Remedy], set[int]]:
        """Round, and leave out what is then not needed any more, the hardest first.

        What is needed however much the others grow is needed beside the others as they stand.
        """
        lines, elastic, pressed = self._rounded(self._values), self._elastic, set[int]()
        most = room(self._cells, self._group, lines, self._periods)
        elastic.allow(np.ones(len(most), dtype=bool), most)
        for number in sorted(lines, key=lambda number: -WEIGHTS[lines[number].rank]):
            own = self._group == number
            if number in self._proven:
                continue
            if elastic.least_of(own)[own].max() > NOTHING:
                pressed |= elastic.pressed()
            else:
                elastic.allow(own, 0.0)
                del lines[number]
        return self._in_order(self._with_shares(lines)), pressed

    def _with_shares(self, lines: dict[int, Remedy]) -> dict[int, Remedy]:
        """Compute the shares, now that all else stands as it will."""
        if not any(line.unit == "share" for line in lines.values()):
            return lines
        values = np.where(self._shares, self._elastic.least_of(self._shares), 0.0)
        shares = self._rounded(values)
        return {number: shares.get(number, line) for number, line in lines.items()}

    def _in_order(self, lines: dict[int, Remedy]) -> dict[int, Remedy]:
        prices = self._prices()
        order = sorted(lines, key=lambda number: (WEIGHTS[lines[number].rank], -prices[number]))
        return {number: lines[number] for number in order}

    def with_opponents(self, lines: dict[int, Remedy]) -> dict[int, Remedy]:
        """Add to each line what it stands against."""
        elastic, cells, group = self._elastic, self._cells, self._group
        return {
            number: replace(line, against=conflicting_limits(elastic, cells, group, number))
            for number, line in lines.items()
        }

    def _rounded(self, values: Floats) -> dict[int, Remedy]:
        size = np.where(self._shares, self._elastic.whole(), self._cells["size"])
        return build_remedies(self._cells.assign(size=size), self._group, values, self._periods)

    def _prices(self) -> dict[int, float]:
        """Return the price of each line that is used."""
        price = np.bincount(self._group, self._elastic.price * self._values)
        used = np.unique(self._group[self._values > NOTHING])
        return dict(zip(used.tolist(), price[used].tolist(), strict=True))
