"""Room in the stores of a province."""

from planner.market.market import Market
from planner.model.constraints.terms import LimitRows
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def storage(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """Stocks of all commodities together fit into the stores of a province.

    sum over commodities of  stock[t]  <=  storage                for every limited province and period

    Dual: what one more tonne of room would save (IDR/t); reported with its sign reversed as the
    congestion rent.
    """
    stock = columns.stock
    rows = LimitRows.over("province", inputs.storage, inputs.periods)
    program.rows(
        "storage",
        rows.index,
        terms=[rows.term(stock.index["province"], stock.index["period"], stock.ids)],
        upper=rows.limit,
    )
