"""Scenario -> Program: the table of contents of the model."""

from __future__ import annotations

import inspect

from planner.market.balance import Balance
from planner.market.market import build_market
from planner.market.network import Network
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
from planner.scenario import Scenario

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


def formulate(scenario: Scenario, balance: Balance, network: Network) -> Program:
    """Write the model of a scenario as arrays."""
    inputs = build_market(scenario, balance, network)
    program = ProgramBuilder()
    columns = add_columns(program, inputs, compute_penalties(inputs.priority, inputs.periods))
    for family in FAMILIES:
        family(program, inputs, columns)
    return program.build()
