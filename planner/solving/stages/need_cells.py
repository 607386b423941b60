"""Cells of need: a province and a commodity over the whole horizon, and how far they are covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, Integers
from planner.market.balance import Balance
from planner.model import Program
from planner.model.program import Term
from planner.solving.bridge import IDR, TONNES

LEEWAY = 4e-4
"""What a row that holds an earlier stage gives way beyond its bound, t: four times the tolerance of HiGHS,
and less than the last digit written."""
UNIT = IDR / TONNES
"""A cost that HiGHS sees as 1, IDR/t: for stages that count tonnes instead of rupiah."""


@dataclass(frozen=True, slots=True)
class NeedCells:
    """Every province and commodity with a need.

    Parameters
    ----------
    province, commodity
        Positions of each cell.
    need
        Need over the horizon, t.
    unmet, of_unmet
        Ids of the columns of unmet need, and the cell of each.
    """

    province: Integers
    commodity: Integers
    need: Floats
    unmet: Integers
    of_unmet: Integers

    @property
    def index(self) -> Mapping[str, Integers]:
        """Index of a block of rows with one row a cell."""
        return {"province": self.province, "commodity": self.commodity}

    @property
    def term(self) -> Term:
        """Unmet need of each cell over the horizon, as the term of its row."""
        return self.of_unmet, self.unmet, 1.0

    def missing(self, values: Floats) -> Floats:
        """Return the unmet need of each cell over the horizon, t."""
        return np.bincount(self.of_unmet, values[self.unmet], minlength=len(self.need))

    def coverage(self, values: Floats) -> Floats:
        """Return the share of the need of each cell that is met over the horizon."""
        met: Floats = 1 - self.missing(values) / self.need
        return met


def find_need_cells(program: Program, balance: Balance) -> NeedCells:
    """Find the cells of a program and their columns."""
    block, need = program.columns["unmet"], balance.need.sum(axis=2)
    place = np.ravel_multi_index((block.index["province"], block.index["commodity"]), need.shape)
    cells, of_unmet = np.unique(place, return_inverse=True)
    province, commodity = np.unravel_index(cells, need.shape)
    return NeedCells(province, commodity, need[province, commodity], block.ids, of_unmet)
