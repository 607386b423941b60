"""Scenario -> Program: the table of contents of the model."""

from __future__ import annotations

import inspect

from planner.market.market import Market
from planner.model.constraints.age_classes import age
from planner.model.constraints.arc_capacity import arc_capacity
from planner.model.constraints.closing_stock import closing
from planner.model.constraints.commodity_balance import balance
from planner.model.constraints.local_stock import local_stock
from planner.model.constraints.port_throughput import port_throughput
from planner.model.constraints.processing_capacity import processing
from planner.model.constraints.reserve import reserve
from planner.model.constraints.rule_limits import rules
from planner.model.constraints.service_legs import service_legs
from planner.model.constraints.storage_capacity import storage
from planner.model.penalties import compute_penalties
from planner.model.program import Program, ProgramBuilder
from planner.model.variables import add_columns

FAMILIES = (
    balance,
    arc_capacity,
    service_legs,
    port_throughput,
    storage,
    age,
    reserve,
    closing,
    local_stock,
    processing,
    rules,
)
"""Every constraint family, in the order of the rows."""


def describe_formulation(program: Program) -> list[str]:
    """Return size, equation and meaning of the objective and of each family, from their docstrings."""
    columns = ", ".join(f"{block.size:,} {name}" for name, block in program.columns.items())
    parts = [f"columns: {columns}", inspect.cleandoc(add_columns.__doc__ or "")]
    for family in FAMILIES:
        block = program.rows[family.__name__]
        parts += ["", f"{block.name}: {block.size:,} rows ({block.unit})"]
        parts.append(inspect.cleandoc(family.__doc__ or ""))
    return parts


def formulate(market: Market) -> Program:
    """Build the linear program of a market."""
    program = ProgramBuilder(axes=market.axes)
    columns = add_columns(program, market, compute_penalties(market.priority, market.periods))
    for family in FAMILIES:
        family(program, market, columns)
    return program.build()
