"""What a port can load and unload."""

from planner.arrays import positions
from planner.market.market import Market
from planner.model.constraints.terms import LimitRows, arrivals
from planner.model.program import ProgramBuilder, Term
from planner.model.variables import Columns


def port_throughput(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """What is loaded, unloaded and imported at a port stays within what it can handle.

    loaded[t] + unloaded[t] + imported[t]  <=  throughput         for every limited port and period

    Loaded counts when dispatched; unloaded counts when and as much as it arrives.

    Dual: what one more tonne of throughput would save (IDR/t); reported with its sign reversed as the
    congestion rent.
    """
    rows = LimitRows.over("port", inputs.network.throughput, inputs.periods)
    program.rows(
        "port_throughput",
        rows.index,
        terms=_handled(inputs, columns, rows) if len(rows.limit) else [],
        upper=rows.limit,
    )


def _handled(inputs: Market, columns: Columns, rows: LimitRows) -> list[Term]:
    """Return what is loaded, unloaded and imported at the ports that have a limit."""
    network, flow, imported = inputs.network, columns.flow, columns.imported
    loading = positions(network.ports, network.origin_port)  # -1 is "no port"
    unloading = positions(network.ports, network.destination_port)
    arriving = arrivals(inputs, flow)
    leaving, entering = (
        ends[network.lane_arc[lane]]
        for ends, lane in (
            (loading, flow.index["lane"]),
            (unloading, flow.index["lane"][arriving.flow]),
        )
    )
    return [
        rows.term(leaving, flow.index["period"], flow.ids),
        rows.term(entering, arriving.period, flow.ids[arriving.flow], arriving.share),
        rows.term(imported.index["port"], imported.index["period"], imported.ids),
    ]
