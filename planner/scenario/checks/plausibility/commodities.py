"""Looks at what a good is like: its load, how fast it spoils, how long it may travel."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.errors import Problem
from planner.scenario.checks.plausibility.outliers import (
    OTHERS,
    remarks,
    shown_figures,
    whole_remarks,
)
from planner.scenario.checks.plausibility.views import View

HEAVIEST_BOX, LIGHTEST_BOX = 30, 3
"""Tonnes that no 20-foot container carries; and less than what fills one with any food."""
MOST_SPOILT = 0.18
"""Share of a good that may spoil on the longest way it is allowed; more would not be sent."""
MOST_IN_A_YEAR = 0.9
"""Share that a good without a longest time on the way may lose in a year."""
COLDEST = 5
"""Times the freight of a dry container that a cold one costs at most."""


def _boxes(view: View) -> Iterator[Problem]:
    goods = view["commodities"]
    load, cold = goods["tonnes_per_teu"], goods["reefer_factor"]
    yield from remarks(
        "box_too_heavy", goods, load > HEAVIEST_BOX, "tonnes_per_teu", most=HEAVIEST_BOX
    )
    if len(view["arcs"]) >= OTHERS:
        light = (load > 0) & (load < LIGHTEST_BOX)
        yield from remarks("box_too_light", goods, light, "tonnes_per_teu", least=LIGHTEST_BOX)
    bounds = {"low": "0.5", "high": f"{COLDEST}"}
    odd = (cold > COLDEST) | (cold < 0.5)
    yield from remarks("rate_unlike", goods, odd, "reefer_factor", **bounds)


def _spoiling(view: View) -> Iterator[Problem]:
    """Find goods that would spoil on ways they are allowed, or too soon for any way."""
    goods = view["commodities"]
    decay, days = goods["decay_per_day"], goods["max_days"]
    lost = 1 - (1 - decay.clip(upper=1)) ** days.fillna(365)
    much = lost > np.where(days.notna(), MOST_SPOILT, MOST_IN_A_YEAR)
    figures = {"lost": [f"{share:.0%}".replace("%", "") for share in lost[much]],
               "days": [f"{day:g}" for day in days.fillna(365)[much]]}  # fmt: skip
    yield from remarks("spoils_on_the_way", goods, much, "decay_per_day", **figures)
    time = view["arcs"]["transit_days"]
    if time.count() < OTHERS:
        return
    usual = time.median()
    short = days < usual
    yield from remarks(
        "too_short_for_most", goods, short, "max_days", usual=shown_figures([usual])[0]
    )


def _lost(view: View) -> Iterator[Problem]:
    """Find shares lost that are more than half."""
    for table in ("production", "arcs", "services"):
        frame = view[table]
        much = (frame["loss"] > 0.5) & (frame["loss"] < 1)
        found = frame.loc[much, "loss"]
        meant = [f"{share:.10g}" for share in found / 100]
        percent = [f"{share:.10g}" for share in 100 * found]
        yield from remarks("much_lost", frame, much, "loss", meant=meant, percent=percent)


def _never_kept(view: View) -> Iterator[Problem]:
    """Find reserves and closing stocks of goods that do not last to the end of a period."""
    stocks, goods = view["stocks"], view["commodities"]
    short_lived = goods.loc[goods["max_stock_periods"] == 0, "commodity"]
    gone = stocks["commodity"].isin(short_lived)
    for column in ("reserve_t", "closing_t"):
        written = stocks[column] != stocks["opening_t"] if column == "closing_t" else True
        yield from whole_remarks(
            "never_kept", stocks, gone & written & (stocks[column] > 0), column
        )


LOOKS_AT_GOODS = (_boxes, _spoiling, _lost, _never_kept)
