"""A scenario with all it extends, as one set of tables that stands alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w

from planner.errors import InputError, Problem
from planner.scenario.chain import chain
from planner.scenario.files import Folder
from planner.scenario.overlay import merge_settings, merge_table
from planner.scenario.schema import TABLES


def whole_scenario(path: Path) -> tuple[dict[str, pd.DataFrame], str]:
    """Read a scenario as it was written, laid over all it extends.

    Parameters
    ----------
    path
        Folder or workbook.

    Returns
    -------
    Text cells by table, with the columns that any of its files has; and the settings as TOML, as they were
    written where nothing is extended.

    Raises
    ------
    InputError
        If something cannot be read.
    """
    problems: list[Problem] = []
    folders, _ = chain(path, problems, {})
    if blocking := [problem for problem in problems if problem.blocking]:
        raise InputError(blocking)
    names = [name for name in TABLES if any(name in folder.tables for folder in folders)]
    tables = {name: _merged(name, folders) for name in names}
    if len(folders) == 1:
        return tables, folders[0].text
    settings: dict[str, Any] = {}
    for folder in folders:
        settings = merge_settings(settings, folder.settings or {})
    own = {key: value for key, value in dict(settings["scenario"]).items() if key != "extends"}
    return tables, tomli_w.dumps({**settings, "scenario": own})


def _merged(name: str, folders: list[Folder]) -> pd.DataFrame:
    table, having = TABLES[name], [folder for folder in folders if name in folder.tables]
    defaults = {c.name: str(c.default) for c in table.columns if c.key and c.default is not None}
    merged = pd.DataFrame()
    for folder in having:
        frame = folder.tables[name][[*table.names]]
        keyed = frame.assign(
            **{key: frame[key].replace("", default) for key, default in defaults.items()}
        )
        merged = merge_table(table, merged, keyed if len(having) > 1 else frame)
    written = {column for folder in having for column in folder.headers[name]}
    return merged[[column for column in table.names if column in written]]
