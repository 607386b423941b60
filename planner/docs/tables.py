"""The tables and columns of a scenario as Markdown, made from their declaration."""

from __future__ import annotations

from planner.i18n import text
from planner.schema.columns import Column, Table, translate_unit
from planner.schema.tables import TABLES


def tables_as_markdown(language: str) -> str:
    """Describe every table and column: one heading a table, one line a column."""
    return "\n\n".join(table_as_markdown(table, language) for table in TABLES.values()) + "\n"


def table_as_markdown(table: Table, language: str) -> str:
    """Describe one table."""
    optional = "" if table.required else f" ({text('docs.table.optional', language)})"
    head = [f"### {table.name}.csv{optional}", "", _meaning(table.meaning, language), ""]
    if table.spread:
        flows = ", ".join(f"`{name}`" for name in table.spread)
        head += [text("docs.table.spread", language, flows=flows), ""]
    head += [text("docs.table.head", language), "|---|---|---|---|"]
    return "\n".join(head + [_column(column, language) for column in table.columns])


def _column(column: Column, language: str) -> str:
    name = f"**{column.name}**" if column.key else column.name
    what = _meaning(column.meaning, language)
    if column.choices:
        what += f": {', '.join(column.choices)}"
    if column.refers:
        table, _, other = column.refers.partition(".")
        key = "docs.table.refers_column" if other else "docs.table.refers_row"
        what += f" ({text(key, language, column=other, table=table)})"
    return f"| {name} | {what} | {translate_unit(column.unit, language)} | {_blank(column, language)} |"


def _blank(column: Column, language: str) -> str:
    if column.required:
        return text("docs.table.required", language)
    return text(f"blank.{column.blank}", language) if column.blank else ""


def _meaning(words: str, language: str) -> str:
    """Return the words of the schema, which are English, or their entry in the catalogue."""
    return words if language == "en" else text(f"meaning.{words}", language)
