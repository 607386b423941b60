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
    entries: list[Term] = [
        (cell_of(inputs, columns.supplied), columns.supplied.ids, 1.0),
        (cell_of(inputs, columns.imported), columns.imported.ids, 1.0),
        arrival_cells(inputs, columns.flow),
        made_cells(inputs, columns.processed),
    ]
    terms: list[Term] = [(np.arange(len(bound)), stock.ids[bound], 1.0)]
    for age in range(int(life[bound].max(initial=0))):
        terms += [_aged(inputs, row_of, entry, age) for entry in entries]
    opening = inputs.balance.opening[index["province"], index["commodity"]]
    fresh = index["period"] + 1 < life[bound]
    program.rows("shelf_life", index, terms, upper=np.where(fresh, opening, 0.0))


def _aged(inputs: Inputs, row_of: Array, entry: Term, age: int) -> Term:
    """Count what came in `age` periods ago, where the commodity lasts longer than that."""
    cell, column, share = entry
    periods = inputs.periods
    commodity = cell // periods % inputs.shape[1]
    later = (cell % periods + age < periods) & (inputs.max_stock_periods[commodity] > age)
    row = np.where(later, row_of[np.where(later, cell + age, 0)], -1)
    there = row >= 0
    return row[there], column[there], -np.broadcast_to(share, column.shape)[there]
