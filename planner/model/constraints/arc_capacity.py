"""Room on vessels and roads."""

import numpy as np

from planner.market.market import Market
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def arc_capacity(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """Cargo on an arc stays within what its vessels and roads can carry.

    sum over commodities of  space flow[t]  <=  capacity          for every limited arc and period

    Dual: what one more tonne (or TEU) of capacity would save (IDR); reported with its sign reversed as
    the congestion rent.
    """
    network, flow = inputs.network, columns.flow
    arcs = np.flatnonzero(np.isfinite(network.capacity))
    row_of_arc = np.full(len(network.capacity), -1)
    row_of_arc[arcs] = np.arange(len(arcs)) * inputs.periods
    lane = flow.index["lane"]
    row = row_of_arc[network.lane_arc[lane]]
    limited = row >= 0
    program.rows(
        "arc_capacity",
        {
            "arc": np.repeat(arcs, inputs.periods),
            "period": np.tile(np.arange(inputs.periods), len(arcs)),
        },
        terms=[
            (
                row[limited] + flow.index["period"][limited],
                flow.ids[limited],
                network.space[lane[limited]],
            )
        ],
        upper=np.repeat(network.capacity[arcs], inputs.periods),
        unit="t or TEU",
    )
