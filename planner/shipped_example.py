"""The small scenario that comes with the package, so that it can be tried without any file."""

from __future__ import annotations

from pathlib import Path

from planner.errors import OptionError
from planner.scenario import Scenario, read_scenario

_HERE = Path(__file__).parent
NAME = "dua-pulau"
PLACES = (_HERE / "scenarios" / NAME, _HERE.parent / "scenarios" / NAME)
"""Where it is: inside an installed wheel, and beside the package in its source tree."""


def example() -> Scenario:
    """Read the two islands: two provinces, one good, two months; all figures are invented for teaching.

    Raises
    ------
    OptionError
        If the package was installed without it.

    Examples
    --------
    >>> import planner
    >>> planner.solve(planner.example()).money_idr
    7450000.0
    """
    for place in PLACES:
        if place.is_dir():
            return read_scenario(place)
    raise OptionError("library.no_example", file=PLACES[0])
