"""How long goods may lie in store."""

import numpy as np

from planner.arrays import Array
from planner.model.constraints.terms import arrival_cells, cell_of, made_cells
from planner.model.inputs import Inputs
from planner.model.program import ProgramBuilder, Term
from planner.model.variables import Columns


def shelf_life(program: ProgramBuilder, inputs: Inputs, columns: Columns) -> None:
    """Stored goods have come in or were made lately; the opening stock one period before the first.

    stock[t]  <=  sum over the last m periods up to t of  supplied + imported + arrivals + made  (+ opening)
    for every cell of a commodity with max_stock_periods m

    Dual: what a longer shelf life of one tonne would save (IDR/t), sign reversed.
    """
    stock, periods = columns.stock, inputs.periods
    life = inputs.max_stock_periods[stock.index["commodity"]]
    bound = np.flatnonzero(life <= periods)
    index = {axis: places[bound] for axis, places in stock.index.items()}
    row_of = np.full(int(np.prod(inputs.shape)), -1)
    row_of[cell_of(inputs, stock)[bound]] = np.arange(len(bound))
    terms: list[Term] = [(np.arange(len(bound)), stock.ids[bound], 1.0)]
    if len(bound):
        entries = [_spoiling(inputs, entry) for entry in _incoming(inputs, columns)]
        ages = range(int(life[bound].max()))
        terms += [_aged(row_of, periods, entry, age) for age in ages for entry in entries]
    opening = inputs.balance.opening[index["province"], index["commodity"]]
    fresh = index["period"] + 1 < life[bound]
    program.rows("shelf_life", index, terms, upper=np.where(fresh, opening, 0.0))


def _incoming(inputs: Inputs, columns: Columns) -> list[Term]:
    """Give cell, column and share of everything that comes in or is made."""
    return [
        (cell_of(inputs, columns.supplied), columns.supplied.ids, 1.0),
        (cell_of(inputs, columns.imported), columns.imported.ids, 1.0),
        arrival_cells(inputs, columns.flow),
        made_cells(inputs, columns.processed),
    ]


def _spoiling(inputs: Inputs, entry: Term) -> tuple[Array, Array, Array, Array]:
    """Keep what is of commodities with a life, and give that life too."""
    cell, column, share = np.broadcast_arrays(*entry)
    life = inputs.max_stock_periods[cell // inputs.periods % inputs.shape[1]]
    there = life <= inputs.periods
    return cell[there], column[there], share[there], life[there]


def _aged(row_of: Array, periods: int, entry: tuple[Array, Array, Array, Array], age: int) -> Term:
    """Count what came in `age` periods ago, where the commodity lasts longer than that."""
    cell, column, share, life = entry
    later = (cell % periods + age < periods) & (life > age)
    row = np.where(later, row_of[np.where(later, cell + age, 0)], -1)
    there = row >= 0
    return row[there], column[there], -share[there]
