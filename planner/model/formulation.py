"""Scenario -> Program: the table of contents of the model."""

from __future__ import annotations

import inspect

from planner.balance import Balance
from planner.model.constraints.age import age
from planner.model.constraints.balance import balance
from planner.model.constraints.capacity import arc_capacity
from planner.model.constraints.closing import closing
from planner.model.constraints.local_stock import local_stock
from planner.model.constraints.ports import port_throughput
from planner.model.constraints.processing import processing
from planner.model.constraints.reserve import reserve
from planner.model.constraints.rules import rules
from planner.model.constraints.service_legs import service_legs
from planner.model.constraints.storage import storage
from planner.model.inputs import inputs_of
from planner.model.penalties import penalties_of
from planner.model.program import Program, ProgramBuilder
from planner.model.variables import add_columns
from planner.network import Network
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


def described(program: Program) -> list[str]:
    """Give size, equation and meaning of the objective and of each family, from their docstrings."""
    columns = ", ".join(f"{block.size:,} {name}" for name, block in program.columns.items())
    parts = [f"columns: {columns}", inspect.cleandoc(add_columns.__doc__ or "")]
    for family in FAMILIES:
        block = program.rows[family.__name__]
        parts += ["", f"{block.name}: {block.size:,} rows ({block.unit})"]
        parts.append(inspect.cleandoc(family.__doc__ or ""))
    return parts


def formulate(scenario: Scenario, balance: Balance, network: Network) -> Program:
    """Write the model of a scenario as arrays."""
    inputs = inputs_of(scenario, balance, network)
    program = ProgramBuilder()
    columns = add_columns(program, inputs, penalties_of(inputs.priority, inputs.periods))
    for family in FAMILIES:
        family(program, inputs, columns)
    return program.build()
