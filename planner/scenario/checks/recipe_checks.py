"""Checks of recipes: something else comes out, and never in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

import pandas as pd

from planner.errors import Problem


def recipes_make_sense(frames: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """Find recipes that make what they use, or lead back to it by others."""
    recipes = frames["recipes"]
    itself = recipes["input"] == recipes["output"]
    for row in recipes.loc[itself].to_dict("records"):
        yield _problem("recipe_to_itself", row, row["output"])
    yield from _circle(recipes.loc[~itself])


def _circle(recipes: pd.DataFrame) -> Iterator[Problem]:
    """Name the last row of a circle of commodities, wherever in the country each step is made."""
    made_from = recipes.groupby("output")["input"].agg(sorted).to_dict()
    try:
        TopologicalSorter(made_from).prepare()
    except CycleError as error:
        steps = set(pairwise(error.args[1]))
        pairs = zip(recipes["input"], recipes["output"], strict=True)
        row = recipes.loc[[pair in steps for pair in pairs]].iloc[-1].to_dict()
        way = error.args[1][:-1]
        first = way.index(row["output"])
        named = [*way[first:], *way[:first], row["output"]]
        yield _problem("recipe_circle", row, " > ".join(named))


def _problem(key: str, row: Mapping[Any, Any], value: str) -> Problem:
    return Problem(key, row["_file"], int(row["_line"]), "output", {"value": value})
