"""Folders of text -> settings and tables: typed, checked, cut to the scope, spread over the periods, adjusted."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pydantic import ValidationError

from planner.errors import Problem
from planner.formats.number_style import UNCLEAR
from planner.formats.raw_scenario import Folder
from planner.i18n import RUPIAH
from planner.scenario.adjust import apply_adjustments, preview_adjustment_problems
from planner.scenario.checks import relations as checks
from planner.scenario.checks.plausibility import implausible
from planner.scenario.checks.trader_checks import expired_certificates
from planner.scenario.convert_forms import in_one_form
from planner.scenario.overlays import merge_settings, merge_table
from planner.scenario.scenario_tables import empty
from planner.scenario.settings_problems import (
    entries,
    setting_problems,
    unseen_settings,
    wrong_below,
)
from planner.scenario.spoilage import short_lived_commodities
from planner.scenario.table_steps import (
    Frames,
    between_tables,
    blocking,
    checked_table,
    in_each_province,
    in_periods,
    missing_signed_plan,
    restrict_to_scope,
    scope_problems,
    without_places,
)
from planner.schema.columns import Table
from planner.schema.settings import Settings
from planner.schema.tables import TABLES

type Content = tuple[Settings, Frames, Frames]
"""Settings, tables, and file and line of each of their rows."""


def assemble(folders: list[Folder], problems: list[Problem], *, whole: bool) -> Content | None:
    """Check the folders of a scenario, and make of them what it holds.

    Parameters
    ----------
    folders
        The scenario and those it extends, the lowest base first.
    problems
        Receives every problem and remark.
    whole
        Whether none of the folders is missing.

    Returns
    -------
    What the scenario holds; None where a problem stands in its way.
    """
    levels = _settings(folders, problems, whole=whole)
    frames = _tables(folders, levels, problems)
    if whole:
        problems += between_tables(folders, frames, problems)
        problems[:] = checks.without_cells_of_notes(problems)
        frames = in_one_form(frames, problems)
    settings = levels[-1]
    if settings is not None:
        problems += short_lived_commodities(frames, settings.periods)
    if whole:
        problems += _judged(frames, problems, settings)
    if settings is None:
        return None
    problems += scope_problems(frames, settings, folders)
    problems += expired_certificates(frames, settings.periods.first_day)
    problems += missing_signed_plan(frames, settings, folders)
    frames = in_each_province(restrict_to_scope(frames, settings))
    places = entries(folders)
    if blocking(problems):
        problems += preview_adjustment_problems(frames, settings.adjust, places, problems)
        return None
    frames = apply_adjustments(
        in_periods(frames, settings, problems), settings.adjust, places, problems
    )
    if blocking(problems):
        return None
    return (settings, *without_places(frames))


def _judged(frames: Frames, problems: list[Problem], settings: Settings | None) -> list[Problem]:
    """Find figures that are hardly true, unless others may be a thousand times what they seem."""
    unclear = any(problem.key in UNCLEAR for problem in problems)
    currency = settings.scenario.currency if settings else RUPIAH
    return [] if unclear else implausible(frames, problems, currency)


def _settings(
    folders: list[Folder], problems: list[Problem], *, whole: bool
) -> list[Settings | None]:
    """Return the settings as they are in each folder; the last are those of the scenario."""
    merged: dict[str, Any] = {}
    levels: list[Settings | None] = []
    if not whole:
        return [None for _ in folders]
    problems += (below := wrong_below(folders))
    for folder in folders:
        merged = merge_settings(merged, folder.settings or {})
        try:
            levels.append(Settings.model_validate(merged))
        except ValidationError as error:
            levels.append(None)
            if folder is folders[-1]:
                problems += setting_problems(error, folders)
    problems += unseen_settings(merged, folders)
    return [None for _ in folders] if below else levels


def _tables(
    folders: list[Folder], levels: list[Settings | None], problems: list[Problem]
) -> Frames:
    """Type and check the tables of each folder, and merge them."""
    frames = {name: _blank(table) for name, table in TABLES.items()}
    for folder, settings in zip(folders, levels, strict=True):
        for name, raw in folder.tables.items():
            frame = checked_table(TABLES[name], raw, settings, problems)
            frames[name] = merge_table(TABLES[name], frames[name], frame)
    return frames


def _blank(table: Table) -> pd.DataFrame:
    types = {c.name: float if c.is_figure else object for c in table.columns}
    return empty(types | {"_file": object, "_line": int})
