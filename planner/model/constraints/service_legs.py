"""Room on the legs of vessel services."""

import numpy as np

from planner.market.market import Market
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def service_legs(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """Containers on a leg of a service fit into the ships of a period, wherever they were loaded.

    sum over lanes that use the leg of  flow[t] / tonnes_per_teu  <=  capacity_teu voyages_per_period
    for every leg of every service and every period

    A lane uses every leg between its two calls, all in the period in which its cargo is dispatched.

    Dual: what one more TEU on the leg would save (IDR/TEU); reported with its sign reversed as the
    congestion rent.
    """
    network, flow, periods = inputs.network, columns.flow, inputs.periods
    legs, lane = network.legs, flow.index["lane"]
    aboard = legs.uses[:, network.lane_arc[lane]].tocoo()
    leg, cargo = aboard.coords
    program.rows(
        "service_legs",
        {
            "leg": np.repeat(np.arange(len(legs.names)), periods),
            "period": np.tile(np.arange(periods), len(legs.names)),
        },
        terms=[
            (
                leg * periods + flow.index["period"][cargo],
                flow.ids[cargo],
                network.space[lane[cargo]],
            )
        ],
        upper=np.repeat(legs.capacity, periods),
        unit="TEU",
    )
