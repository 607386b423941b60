"""Checks within a table and between tables; each gives every problem it finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from planner.errors import Problem
from planner.formats.hints import hint_of_code, hint_of_period
from planner.i18n import Phrase
from planner.scenario.checks.recipe_checks import recipes_make_sense
from planner.scenario.checks.rule_checks import rules_make_sense
from planner.scenario.checks.service_checks import services_make_sense
from planner.scenario.checks.trader_checks import traders_make_sense
from planner.schema.columns import Column, Table
from planner.schema.horizon import Horizon, parse_period
from planner.schema.tables import LONGEST_DAYS, TABLES

type Frames = dict[str, pd.DataFrame]


def doubled_keys(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Find rows of one file whose key stands there twice."""
    key = list(table.key)
    again = frame.duplicated(key)
    if not again.any():
        return
    lines = frame.groupby(key, sort=False)["_line"].transform("first")
    doubled = frame.assign(_first=lines).loc[again]
    for row in doubled.to_dict("records"):
        named = ", ".join(str(row[name]) for name in key if row[name] != "")
        values = {"value": named, "first": row["_first"]}
        yield Problem("doubled_key", row["_file"], row["_line"], key[0], values)


def periods(table: Table, frame: pd.DataFrame, horizon: Horizon) -> Iterator[Problem]:
    """Find periods that are misspelt or outside the horizon of the folder they stand in."""
    span = {"first": horizon.labels[0], "last": horizon.labels[-1]}
    for file, line, value in _strangers(frame, table.column("period"), horizon.labels):
        try:
            parse_period(value, horizon.length)
        except ValueError:
            hint = {"hint": hint_of_period(value, horizon.labels, listed=False)}
            yield Problem("period_format", file, line, "period", {"value": value, **span, **hint})
        else:
            yield Problem("period_outside", file, line, "period", {"value": value, **span})


def references(frames: Frames) -> Iterator[Problem]:
    """Find codes that no row of the table they refer to declares."""
    for table in TABLES.values():
        for column in table.columns:
            if column.refers:
                yield from _unknown_codes(frames, table, column)


def _unknown_codes(frames: Frames, table: Table, column: Column) -> Iterator[Problem]:
    refers, _, name = column.refers.partition(".")
    target = frames[refers]
    codes = target[name] if name else target.iloc[:, 0]
    strangers = list(_strangers(frames[table.name], column, codes))
    if not strangers:
        return
    key = "unknown_code" if len(codes) else "empty_table"
    hints = {value: hint_of_code(value, refers, target, name) for _, _, value in strangers}
    for file, line, value in strangers:
        values = {"value": value, "table": refers, "hint": hints[value]}
        yield Problem(key, file, line, column.name, values)


def profiles_sum_to_one(frames: Frames) -> Iterator[Problem]:
    """Find profiles that lack months or do not sum to 1: such a balance cannot close."""
    for name, rows in frames["profiles"].groupby("profile", sort=False):
        total = rows["share"].sum()
        file, line = rows["_file"].iloc[0], int(rows["_line"].iloc[0])
        if len(rows) != 12:
            missing = sorted(set(range(1, 13)) - set(rows["month"].dropna().astype(int)))
            yield Problem(
                "profile_months", file, line, "month", {"value": name, "missing": missing}
            )
        elif abs(total - 1) > 1e-6:
            yield Problem(
                "profile_sum", file, line, "share", {"value": name, "total": f"{total:.6f}"}
            )


def need_given_once(frames: Frames) -> Iterator[Problem]:
    """Find rows of need with both a quantity and a quantity a person, or with neither."""
    need = frames["need"]
    tonnes, person = need["tonnes"].notna(), need["kg_per_capita"].notna()
    for file, line, _ in iterate_cells(need, tonnes & person, "tonnes"):
        yield Problem("need_twice", file, line, "kg_per_capita")
    for file, line, _ in iterate_cells(need, ~tonnes & ~person, "tonnes"):
        yield Problem("need_missing", file, line, "tonnes")
    people = frames["provinces"].set_index("province")["population"]
    lonely = person & need["province"].map(people[~people.index.duplicated()]).isna()
    for file, line, value in iterate_cells(need, lonely, "province"):
        yield Problem("no_population", file, line, "kg_per_capita", {"value": value})


def arcs_make_sense(frames: Frames) -> Iterator[Problem]:
    """Find arcs from a province to itself, without time or freight, or at a port of elsewhere."""
    arcs = frames["arcs"]
    for file, line, value in iterate_cells(arcs, arcs["origin"] == arcs["destination"], "origin"):
        yield Problem("arc_to_itself", file, line, "destination", {"value": value})
    modes = frames["modes"].drop_duplicates("mode").set_index("mode")
    known = arcs["mode"].isin(modes.index)
    speed = arcs["mode"].map(modes["km_per_day"])
    timeless = known & arcs["transit_days"].isna() & (speed.isna() | (arcs["distance_km"] == 0))
    for file, line, _ in iterate_cells(arcs, timeless, "mode"):
        yield Problem("arc_without_time", file, line, "transit_days")
    days = arcs["distance_km"] / speed
    long = arcs["transit_days"].isna() & (days > LONGEST_DAYS)
    for file, line, value in iterate_cells(arcs, long, "distance_km"):
        values = {"value": f"{float(value):g}", "bound": f"{LONGEST_DAYS:g}"}
        yield Problem("arc_too_long", file, line, "distance_km", values)
    rates = modes[["idr_per_t_km", "idr_fixed_per_teu", "idr_per_teu_nm", "handling_idr_per_t"]]
    free = known & arcs["idr_per_t"].isna() & (arcs["mode"].map(rates.sum(axis=1)) == 0)
    for file, line, _ in iterate_cells(arcs, free, "mode"):
        yield Problem("arc_without_freight", file, line, "idr_per_t")
    home = frames["ports"].drop_duplicates("port").set_index("port")["province"]
    for end in ("origin", "destination"):
        port = arcs[f"{end}_port"].map(home).where(arcs[end].isin(frames["provinces"]["province"]))
        for file, line, value in iterate_cells(
            arcs, port.notna() & (port != arcs[end]), f"{end}_port"
        ):
            yield Problem(
                "port_elsewhere",
                file,
                line,
                f"{end}_port",
                {"value": value, "province": home[value]},
            )


def spread_overlaps(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Find periods given once by a row of their own and once by a row for the whole year."""
    key = list(table.key)
    for row in (
        frame.loc[frame.duplicated(key)].drop_duplicates(["_file", "_line"]).to_dict("records")
    ):
        yield Problem(
            "year_and_period", row["_file"], row["_line"], "period", {"value": row["period"]}
        )


def without_consequences(later: Iterable[Problem], earlier: list[Problem]) -> list[Problem]:
    """Leave out problems that only follow from others: mending those mends them.

    A table that could not be read whole, or one of whose own codes is wrong, makes all references to it
    look unknown; a cell that is no number looks missing.
    """
    lost = {Path(problem.file).stem for problem in earlier if _loses_a_row(problem)}
    spoilt = {Path(problem.file).stem for problem in earlier if problem.blocking}
    rows = {(problem.file, problem.line) for problem in earlier}
    return [
        problem
        for problem in later
        if problem.values.get("table") not in lost
        and not spoilt & _REST_ON.get(problem.key, set())
        and not (problem.key in _OF_CELLS and (problem.file, problem.line) in rows)
    ]


def without_cells_of_notes(problems: Iterable[Problem]) -> list[Problem]:
    """Leave out the blank cells of rows that are told as a sum or a title: who deletes such a row mends them."""
    found = list(problems)
    hints = {(p.file, p.line): p.values.get("hint") for p in found if p.key == "unknown_code"}
    notes = {
        row for row, hint in hints.items() if hint in (Phrase("hint.sum"), Phrase("hint.title"))
    }
    return [p for p in found if not (p.key in _BLANK and (p.file, p.line) in notes)]


_BLANK = {"blank_cell", "blank_text", "need_missing"}


def _loses_a_row(problem: Problem) -> bool:
    """Return whether a problem takes rows away from others that refer to them."""
    table = TABLES.get(Path(problem.file).stem)
    own = table is not None and problem.blocking and problem.column == table.columns[0].name
    return own or problem.key in _LOSE_ROWS


_LOSE_ROWS = {
    "unreadable",
    "no_file",
    "leads_out",
    "file_too_large",
    "too_many_cells",
    "not_utf8",
    "csv_syntax",
    "empty_file",
    "separator",
    "cut_row",
    "title_above",
    "missing_column",
    "doubled_column",
    "no_table",
}
_REST_ON = {
    "no_population": {"provinces"},
    "arc_without_time": {"modes"},
    "arc_without_freight": {"modes"},
    "arc_too_long": {"modes"},
    "profile_months": {"profiles"},
    "profile_sum": {"profiles"},
    "service_without_rate": {"modes"},
    "service_too_short": {"calls"},
    "service_in_one_province": {"calls", "ports"},
    "call_number": {"calls"},
    "call_at_same_port": {"calls"},
    "first_call_with_distance": {"calls"},
    "call_without_distance": {"calls"},
}
_OF_CELLS = {"need_missing", "arc_without_time", "arc_without_freight", "rule_share_of_all"}


def _strangers(
    frame: pd.DataFrame, column: Column, known: Iterable[str]
) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and code of what a column names and nobody knows, each line once."""
    codes = set(known)
    for file, line, cell in iterate_cells(
        frame, ~frame[column.name].isin({"", *codes}), column.name
    ):
        yield from ((file, line, code) for code in column.values(cell) if code not in codes)


def iterate_cells(
    frame: pd.DataFrame, rows: pd.Series[bool], column: str
) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and cell of the rows, each line once."""
    there = rows.to_numpy(dtype=bool)
    if not there.any():
        return iter(())
    found = frame.loc[there, ["_file", "_line", column]]
    return found.drop_duplicates(["_file", "_line"]).itertuples(index=False, name=None)


BETWEEN_TABLES = (
    references,
    profiles_sum_to_one,
    need_given_once,
    arcs_make_sense,
    recipes_make_sense,
    services_make_sense,
    rules_make_sense,
    traders_make_sense,
)
"""The checks of all tables together, in the order of their messages."""
