"""The glossary: what the model, the tables and the results call things, in both languages."""

from __future__ import annotations

from planner.i18n import keys, text

_MODEL, _MEANING = "docs.glossary.model.", "docs.glossary.meaning."


def glossary() -> str:
    """Return the page of terms; every word on it is one of the catalogue."""
    return f"""# Glossary · Daftar istilah

*This page is made from the message catalogue (`planner/i18n`) by `python -m planner.docs`. Change that, not this.*

## The model · Model

| English | Indonesia | meaning | arti |
|---|---|---|---|
{_rows(_terms())}

## Tables of a scenario · Tabel skenario

The sheets of a workbook have these names; a CSV file has the name in the first column.

| table | English | Indonesia |
|---|---|---|
{_rows(_pairs("sheet."))}

## Columns of the shipment plan · Kolom rencana pengiriman

| column | English | Indonesia |
|---|---|---|
{_rows(_pairs("plan_book.column."))}

## Parts of the cost · Bagian biaya

| part | English | Indonesia |
|---|---|---|
{_rows(_pairs("report.part."))}
"""


def _terms() -> list[list[str]]:
    names = [key.removeprefix(_MODEL) for key in keys() if key.startswith(_MODEL)]
    terms = [[f"{_MODEL}{name}", f"{_MEANING}{name}"] for name in names]
    rows = [[text(key, spoken) for key in pair for spoken in ("en", "id")] for pair in terms]
    return sorted(rows)


def _pairs(prefix: str) -> list[list[str]]:
    """Return an entry a row: its name in the tables, and what both languages call it."""
    found = [key for key in keys() if key.startswith(prefix)]
    return [[f"`{key.removeprefix(prefix)}`", text(key, "en"), text(key, "id")] for key in found]


def _rows(cells: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
