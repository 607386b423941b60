"""Files -> Scenario: every problem of every file is found before one error is raised."""

from __future__ import annotations

from pathlib import Path

from planner.errors import InputError, Problem
from planner.formats.locations import Books, with_cells
from planner.given import require_path
from planner.scenario.assemble import assemble
from planner.scenario.inheritance import read_chain
from planner.scenario.scenario import Scenario


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario, with all scenarios it extends.

    Parameters
    ----------
    path
        Folder with `scenario.toml` and CSV tables, or a workbook (`.xlsx`).

    Raises
    ------
    InputError
        With every problem found; remarks that do not stop a run are left out.
    OptionError
        If this is no path.

    Examples
    --------
    >>> import planner
    >>> planner.read_scenario("scenarios/dua-pulau")
    <Scenario dua-pulau: 2 provinces, 1 commodities, 2 periods>
    """
    require_path(path, "planner.read_scenario")
    scenario, problems = examine(path)
    if scenario is None:
        raise InputError([problem for problem in problems if problem.blocking])
    return scenario


def examine(path: str | Path) -> tuple[Scenario | None, list[Problem]]:
    """Read a scenario and tell everything worth telling about it.

    Parameters
    ----------
    path
        Folder with `scenario.toml` and CSV tables, or a workbook (`.xlsx`).

    Returns
    -------
    The scenario, or None where a problem stands in its way; and all problems and remarks.
    """
    problems: list[Problem] = []
    books: Books = {}
    scenario = _examined(Path(path), problems, books)
    return scenario, with_cells(problems, books)


def _examined(path: Path, problems: list[Problem], books: Books) -> Scenario | None:
    try:
        folders, whole = read_chain(path, problems, books)
    except InputError as error:
        problems += error.problems
        return None
    content = assemble(folders, problems, whole=whole)
    if content is None:
        return None
    real = path.resolve()
    name = real.stem if str(path) in books else real.name
    return Scenario(name, *content, books)
