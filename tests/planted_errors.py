"""Errors to plant in the official tables of the nation."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Planted:
    """A cell that somebody spoilt, and the kind of problem that has to be told of it."""

    key: str
    table: str
    line: int
    column: str
    change: str | Callable[[str], str]
    told_at: tuple[int, str] | None = None

    @property
    def place(self) -> tuple[str, str, int, str]:
        line, column = self.told_at or (self.line, self.column)
        return self.key, f"{self.table}.csv", line, column


def times(factor: float) -> Callable[[str], str]:
    return lambda cell: f"{float(cell) * factor:.10g}"


def thousands(cell: str) -> str:
    """Write 1197409.15 as 1.197.409,15."""
    return f"{float(cell):,.2f}".translate(str.maketrans(",.", ".,"))


def dotted(cell: str) -> str:
    """Write 484,669 as 484.669: a number that is allowed, and a thousandth."""
    return f"{int(float(cell) // 1000)}.{int(float(cell)) % 1000:03d}"


FORTY = [
    Planted("number_format", "production", 3, "tonnes", thousands),
    Planted("no_figure_or_nought", "production", 4, "tonnes", "belum ada"),
    Planted("too_low", "production", 5, "tonnes", "-118208.54"),
    Planted("blank_cell", "production", 6, "tonnes", ""),
    Planted("not_a_share", "production", 7, "loss", "35"),
    Planted("unknown_code", "production", 8, "province", "71a"),
    Planted("unknown_code", "production", 9, "commodity", "bers"),
    Planted("unknown_code", "production", 10, "profile", "padi_99"),
    Planted("unknown_code", "production", 11, "source", "S_BPS_LAMA"),
    Planted("period_outside", "production", 12, "period", "2024-01"),
    Planted("period_format", "production", 13, "period", "Jan-23"),
    Planted("dot_group", "production", 2, "tonnes", dotted),
    Planted("looks_like_kg", "production", 14, "tonnes", times(1000)),
    Planted("doubled_key", "production", 17, "province", "33", (17, "province")),
    Planted("need_unlike", "need", 3, "kg_per_capita", times(24 / 84.9)),
    Planted("need_unlike", "need", 4, "kg_per_capita", times(1000)),
    Planted("need_missing", "need", 6, "kg_per_capita", "", (6, "tonnes")),
    Planted("number_format", "need", 7, "kg_per_capita", "101,3"),
    Planted("few_people", "provinces", 3, "population", times(0.001)),
    Planted("too_high", "provinces", 4, "lat", "100.35427"),
    Planted("more_than_nation", "production", 37, "tonnes", times(1000)),
    Planted("doubled_name", "provinces", 7, "name", "Jambi"),
    Planted("not_a_share", "stocks", 3, "local_share", "70.2731"),
    Planted("looks_like_kg", "stocks", 4, "opening_t", times(1000)),
    Planted("stock_of_years", "stocks", 39, "opening_t", times(1000)),
    Planted("number_format", "stocks", 5, "opening_t", "Rp77.103,9"),
    Planted("freight_per_kg", "arcs", 305, "idr_per_t", times(0.001)),
    Planted("too_low", "imports", 3, "max_tonnes", "-5"),
    Planted("arc_to_itself", "arcs", 3, "destination", "11"),
    Planted("too_short", "arcs", 2, "distance_nm", times(0.1)),
    Planted("too_slow", "arcs", 7, "transit_days", "171"),
    Planted("port_elsewhere", "arcs", 9, "destination_port", "belawan"),
    Planted("not_a_choice", "arcs", 11, "capacity_unit", "box"),
    Planted("port_far", "ports", 3, "lon", "106.8058", (3, "lat")),
    Planted("price_unlike", "prices", 3, "idr_per_kg", times(1000)),
    Planted("not_a_choice", "prices", 4, "level", "toko"),
    Planted("no_figure", "prices", 5, "idr_per_kg", "#N/A"),
    Planted("profile_sum", "profiles", 14, "share", times(10), (14, "share")),
    Planted("box_too_heavy", "commodities", 2, "tonnes_per_teu", "20000"),
    Planted("not_a_choice", "sources", 2, "kind", "katanya"),
]
UNLIKE = [
    Planted("unlike_forms", "production", 20, "form", "gkg kering"),
    Planted("unlike_forms", "need", 20, "form", "gabah"),
]


def plant(folder: Path, errors: list[Planted]) -> None:
    for table in {error.table for error in errors}:
        file = folder / f"{table}.csv"
        head, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
        for error in (e for e in errors if e.table == table):
            if error.column not in head:
                head = [*head, error.column]
                rows = [[*row, ""] for row in rows]
            row, at = rows[error.line - 2], head.index(error.column)
            row[at] = error.change if isinstance(error.change, str) else error.change(row[at])
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([head, *rows])
