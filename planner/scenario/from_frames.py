"""Frames and settings -> what a scenario holds, by the checks of files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from pydantic import ValidationError

from planner.errors import InputError, OptionError, Problem
from planner.formats.locations import MEMORY, Books, Frame, with_cells
from planner.formats.raw_scenario import Folder
from planner.formats.safe_file import read_toml
from planner.given import described
from planner.scenario.assemble import Content, assemble
from planner.scenario.frames import read_frame
from planner.scenario.inheritance import read_extends
from planner.schema.horizon import Horizon
from planner.schema.settings import Settings, as_mappings


def read_frames(
    frames: Mapping[str, pd.DataFrame], settings: Mapping[str, Any] | str
) -> tuple[Content, Books]:
    """Read frames as the tables of a folder.

    Parameters
    ----------
    frames
        By table name.
    settings
        What `scenario.toml` would hold, as nested mappings or as its text.

    Returns
    -------
    What the scenario holds, and where its rows stand.

    Raises
    ------
    InputError
        With every problem.
    OptionError
        If the settings are neither mappings nor text, or the frames no mapping.
    """
    for given, kinds in ((frames, Mapping), (settings, Mapping | str)):
        if not isinstance(given, kinds):
            raise OptionError("library.no_tables", given=described(given))
    problems: list[Problem] = []
    folder = _settings(settings, problems)
    horizon = _horizon(folder)
    read: dict[str, Frame] = {}
    for name, frame in frames.items():
        place = read_frame(folder, name, frame, horizon, problems, as_held=False)
        if place is not None:
            read[f"{name}.csv"] = place
    if extends := read_extends(folder):
        values = {"value": extends}
        problems.append(Problem("frame_extends", folder.settings_file, 0, "extends", values))
    content = assemble([folder], problems, whole=folder.settings is not None)
    books: Books = {str(MEMORY): read}
    if content is None or any(problem.blocking for problem in problems):
        raise InputError(with_cells([found for found in problems if found.blocking], books))
    return content, books


def _settings(settings: Mapping[str, Any] | str, problems: list[Problem]) -> Folder:
    """Return a folder that has only its settings yet."""
    if isinstance(settings, str):
        file = Folder(MEMORY, "", None).settings_file
        return Folder(MEMORY, settings, read_toml(settings, MEMORY / file, problems))
    return Folder(MEMORY, "", as_mappings(settings))


def _horizon(folder: Folder) -> Horizon | None:
    """Return the periods that days of pandas are labelled by; None where the settings are not sound."""
    try:
        return Settings.model_validate(folder.settings).periods
    except ValidationError:
        return None
