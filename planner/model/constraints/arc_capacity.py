"""Room on vessels and roads."""

from planner.market.market import Market
from planner.model.constraints.terms import LimitRows
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def arc_capacity(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """Cargo on an arc stays within what its vessels and roads can carry.

    sum over commodities of  space flow[t]  <=  capacity          for every limited arc and period

    Dual: what one more tonne (or TEU) of capacity would save (IDR); reported with its sign reversed as
    the congestion rent.
    """
    network, flow = inputs.network, columns.flow
    rows = LimitRows.over("arc", network.capacity, inputs.periods)
    lane, period = flow.index["lane"], flow.index["period"]
    program.rows(
        "arc_capacity",
        rows.index,
        terms=[rows.term(network.lane_arc[lane], period, flow.ids, network.space[lane])],
        upper=rows.limit,
        unit="t or TEU",
    )
