"""Room in the mills."""

from planner.market.market import Market
from planner.model.constraints.terms import LimitRows
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def processing(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """What a recipe uses up in a province stays within what its mills can take.

    processed[t]  <=  capacity            for every limited recipe and province and every period

    Dual: what one more tonne of room for the input would save (IDR/t); reported with its sign reversed
    as the congestion rent.
    """
    processed = columns.processed
    rows = LimitRows.over("recipe", inputs.recipes.capacity, inputs.periods)
    program.rows(
        "processing",
        rows.index,
        terms=[rows.term(processed.index["recipe"], processed.index["period"], processed.ids)],
        upper=rows.limit,
    )
