"""Periods along an axis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.charts import style
from planner.charts.text_metrics import width_of
from planner.i18n import month


def period_ticks(labels: Sequence[str], width: float, language: str) -> tuple[list[int], list[str]]:
    """Choose which periods to name, and how: the year stands under its first month.

    Parameters
    ----------
    labels
        The periods, in order.
    width
        Of the axis, points.
    language
        ``"id"`` or ``"en"``.

    Returns
    -------
    Positions of the periods that are named, and their names.
    """
    said = [month(label, language).split(" ") for label in labels]
    longest = max((width_of(words[0], style.SMALL) for words in said), default=0.0) + 4.0
    step = max(int(np.ceil(longest * len(said) / width)), 1)
    places = list(range(0, len(said), step))
    years = ["".join(said[place][1:]) for place in places]
    if not any(years):
        return places, [said[place][0] for place in places]
    first = [year != before for year, before in zip(years, ["", *years], strict=False)]
    below = [year if new else "" for year, new in zip(years, first, strict=True)]
    return places, [f"{said[p][0]}\n{year}" for p, year in zip(places, below, strict=True)]
