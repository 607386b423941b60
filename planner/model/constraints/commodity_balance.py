"""The balance of a province, commodity and period: the one row that all mechanisms share."""

from planner.market.market import Market
from planner.model.constraints.terms import (
    all_cells,
    arrival_cells,
    cell_of,
    departures,
    made_cells,
)
from planner.model.program import ProgramBuilder, Role
from planner.model.variables import Columns


def balance(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """Everything that comes in goes somewhere.

    supplied + imported + survival stock[t-1] + arrivals + made + unmet
        =  need + dispatched + used + discarded + stock[t]
    for every province, commodity and period;  stock[0] = opening
    arrivals = (1 - loss) flow, in the periods in which it arrives and without what is spoilt by then
    used = processed of the input, made = yield processed of the output of a recipe

    Dual: what one more tonne of need would cost (IDR/t): the local price, less the duals of
    local_stock where households hold stock.
    """
    stock = columns.stock
    place, survival = cell_of(inputs, stock), inputs.survival[stock.index["commodity"]]
    carried = stock.index["period"] < inputs.periods - 1
    kept = inputs.balance.opening * inputs.survival
    right = inputs.balance.need.copy()
    right[:, :, 0] -= kept
    program.rows(
        "balance",
        all_cells(inputs),
        terms=[
            (cell_of(inputs, columns.supplied), columns.supplied.ids, 1.0),
            (cell_of(inputs, columns.imported), columns.imported.ids, 1.0),
            (place[carried] + 1, stock.ids[carried], survival[carried]),
            arrival_cells(inputs, columns.flow),
            made_cells(inputs, columns.processed),
            (cell_of(inputs, columns.unmet), columns.unmet.ids, 1.0),
            (departures(inputs, columns.flow), columns.flow.ids, -1.0),
            (cell_of(inputs, columns.processed), columns.processed.ids, -1.0),
            (cell_of(inputs, columns.discarded), columns.discarded.ids, -1.0),
            (place, stock.ids, -1.0),
        ],
        lower=right.ravel(),
        upper=right.ravel(),
        role=Role.GIVEN,
    )
