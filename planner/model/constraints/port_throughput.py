"""What a port can load and unload."""

import numpy as np

from planner.arrays import Array, positions
from planner.market.market import Market
from planner.model.constraints.terms import arrivals
from planner.model.program import ProgramBuilder, Term
from planner.model.variables import Columns


def port_throughput(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """What is loaded, unloaded and imported at a port stays within what it can handle.

    loaded[t] + unloaded[t] + imported[t]  <=  throughput         for every limited port and period

    Loaded counts when dispatched; unloaded counts when and as much as it arrives.

    Dual: what one more tonne of throughput would save (IDR/t); reported with its sign reversed as the
    congestion rent.
    """
    ports = np.flatnonzero(np.isfinite(inputs.network.throughput))
    program.rows(
        "port_throughput",
        {
            "port": np.repeat(ports, inputs.periods),
            "period": np.tile(np.arange(inputs.periods), len(ports)),
        },
        terms=_handled(inputs, columns, ports) if len(ports) else [],
        upper=np.repeat(inputs.network.throughput[ports], inputs.periods),
    )


def _handled(inputs: Market, columns: Columns, ports: Array) -> list[Term]:
    """Return what is loaded, unloaded and imported at some ports."""
    network, flow, imported = inputs.network, columns.flow, columns.imported
    row_of_port = np.full(len(network.ports) + 1, -1)  # the last place is "no port"
    row_of_port[ports] = np.arange(len(ports)) * inputs.periods
    loading = row_of_port[positions(network.ports, network.origin_port)]
    unloading = row_of_port[positions(network.ports, network.destination_port)]
    loaded = loading[network.lane_arc[flow.index["lane"]]]
    arriving = arrivals(inputs, flow)
    unloaded = unloading[network.lane_arc[flow.index["lane"][arriving.flow]]]
    here = unloaded >= 0
    entered = row_of_port[imported.index["port"]]
    return [
        ((loaded + flow.index["period"])[loaded >= 0], flow.ids[loaded >= 0], 1.0),
        ((unloaded + arriving.period)[here], flow.ids[arriving.flow][here], arriving.share[here]),
        ((entered + imported.index["period"])[entered >= 0], imported.ids[entered >= 0], 1.0),
    ]
