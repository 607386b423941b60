"""Checks of recipes: something else comes out, no more than went in, and never in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from planner.errors import Problem

MOST_WITHIN_GOOD, MOST_BETWEEN_GOODS = 1.0, 10.0
"""Largest yield: milling only loses; tofu holds the water that soybeans took up."""


def recipes_make_sense(frames: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """Find recipes that make what they use, make more than goes in, or close a circle."""
    recipes, goods = frames["recipes"], frames["commodities"]
    itself = recipes["input"] == recipes["output"]
    for row in recipes.loc[itself].to_dict("records"):
        yield _problem("recipe_to_itself", row, "output", value=row["output"])
    good = dict(zip(goods["commodity"], goods["good"], strict=True))
    one_good = recipes["input"].map(good) == recipes["output"].map(good)
    most = np.where(one_good, MOST_WITHIN_GOOD, MOST_BETWEEN_GOODS)
    for row in recipes.loc[recipes["yield"] > most].to_dict("records"):
        yield _problem("recipe_gains", row, "yield", value=f"{row['yield']:g}")
    yield from _circle(recipes.loc[~itself])


def _circle(recipes: pd.DataFrame) -> Iterator[Problem]:
    """Name the last row of a circle of commodities, wherever in the country each step is made."""
    made_from = recipes.groupby("output", sort=False)["input"].agg(set).to_dict()
    try:
        TopologicalSorter(made_from).prepare()
    except CycleError as error:
        way = error.args[1]
        steps = set(pairwise(way))
        pairs = zip(recipes["input"], recipes["output"], strict=True)
        row = recipes.loc[[pair in steps for pair in pairs]].iloc[-1].to_dict()
        yield _problem("recipe_circle", row, "output", value=" > ".join(way))


def _problem(key: str, row: Mapping[Any, Any], column: str, **values: object) -> Problem:
    return Problem(key, row["_file"], int(row["_line"]), column, values)
