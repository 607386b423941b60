"""Program -> a file that other solvers read."""

from __future__ import annotations

from pathlib import Path

from planner.errors import OptionError
from planner.formats.atomic import atomic_file, exists
from planner.given import require_kind, require_path
from planner.scenario import Scenario
from planner.solving.bridge import to_pulp
from planner.solving.solve import Clock, build_program


def export_model(scenario: Scenario, path: str | Path) -> Path:
    """Write the linear program of a scenario to a file, before anything is solved.

    Columns and rows are called by family and number, `flow_0`; quantities are thousand tonnes and the
    objective million IDR. It is the program of the cost stage, penalties in the objective; what other stages
    of the policy, or a plan with unmet need, hold besides comes out of a solve and is not in it.

    Parameters
    ----------
    scenario
        The input.
    path
        A new file, `.mps` or `.lp`.

    Returns
    -------
    The path.

    Raises
    ------
    InputError
        If a province cannot be reached, or a need has no possible supply.
    OptionError
        If this is no scenario, or the file has another ending or exists.
    OutputError
        If it cannot be written.

    Examples
    --------
    >>> import planner, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     planner.export_model(planner.example(), f"{folder}/model.mps").name
    'model.mps'
    """
    require_kind(scenario, Scenario, "planner.export_model")
    require_path(path, "planner.export_model")
    place = Path(path)
    if place.suffix.lower() not in {".mps", ".lp"}:
        raise OptionError("library.model_file", file=place)
    if exists(place):
        raise OptionError("library.taken_file", file=place)
    problem = to_pulp(build_program(scenario, Clock(None))[1])
    with atomic_file(place) as file:
        write = problem.writeMPS if place.suffix.lower() == ".mps" else problem.writeLP
        write(str(file))
    return place
