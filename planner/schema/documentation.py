"""The documentation of tables and columns, made from their declaration."""

from __future__ import annotations

from planner.schema.columns import Column, Table
from planner.schema.tables import TABLES


def tables_as_markdown() -> str:
    """Describe every table and column: one heading a table, one line a column."""
    return "\n\n".join(table_as_markdown(table) for table in TABLES.values()) + "\n"


def table_as_markdown(table: Table) -> str:
    """Describe one table."""
    needed = "" if table.required else " (optional)"
    head = [f"### {table.name}.csv{needed}", "", table.meaning, ""]
    if table.spread:
        flows = ", ".join(f"`{name}`" for name in table.spread)
        head += [
            f"A row without period is a whole calendar year; {flows} is then shared out over its periods.",
            "",
        ]
    head += ["| column | what | unit | blank means |", "|---|---|---|---|"]
    return "\n".join(head + [_column(column) for column in table.columns])


def _column(column: Column) -> str:
    name = f"**{column.name}**" if column.key else column.name
    what = column.meaning
    if column.choices:
        what += f": {', '.join(column.choices)}"
    if column.refers:
        table, _, other = column.refers.partition(".")
        what += f" ({other or 'a row'} of {table}.csv)"
    blank = "must be filled" if column.required else column.blank
    return f"| {name} | {what} | {column.unit} | {blank} |"
