"""Who runs short of one commodity, worst first, and what to say of the others."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planner.charts.titles import period_range
from planner.i18n import number, percent, text, tonnes

_LAST_TONNES = 0.001
"""The last digit in which tonnes are written."""


@dataclass(frozen=True, slots=True)
class Shortages:
    """The shortages of one commodity over the horizon.

    Parameters
    ----------
    rows
        The rows of the table of coverage that are of this commodity.
    short
        One row a province that runs short, the lowest coverage first: need_t, unmet_t, coverage.
    others
        How many provinces receive all they need.
    """

    rows: pd.DataFrame
    short: pd.DataFrame
    others: int

    def summary(self, language: str) -> str:
        """Return the period, how much is needed in all, and how much of it is met."""
        needed, unmet = (float(self.rows[name].sum()) for name in ("need_t", "unmet_t"))
        return text(
            "chart.shortages.summary" if len(self.short) else "chart.shortages.none",
            language,
            period=period_range(self.rows["period"], language),
            share=percent(1 - unmet / needed if needed > 0 else 1.0, language, 1),
            need=tonnes(needed, language),
            unmet=tonnes(unmet, language),
            count=number(self.others, language),
        )

    def left_out(self, drawn: int, language: str) -> str:
        """Count the provinces that lack nothing, and those for which a chart had no room."""
        count = number(self.others, language)
        parts = [text("chart.shortages.others", language, count=count)] if self.others else []
        rest = self.short.iloc[drawn:]
        if len(rest):
            words = {"count": number(len(rest), language)}
            words["tonnes"] = tonnes(float(rest["unmet_t"].sum()), language)
            parts.append(text("chart.shortages.rest", language, **words))
        return " ".join(parts)


def shortages(needs: pd.DataFrame, commodity: str) -> Shortages:
    """Add up the needs of a commodity over the periods.

    Parameters
    ----------
    needs
        Columns province, commodity, period, need_t, unmet_t.
    commodity
        Which.
    """
    rows = needs.loc[needs["commodity"] == commodity]
    sums = rows.groupby("province")[["need_t", "unmet_t"]].sum()
    sums["coverage"] = 1 - sums["unmet_t"] / sums["need_t"].where(sums["need_t"] > 0)
    lacking = sums["unmet_t"] >= _LAST_TONNES
    order = ["coverage", "unmet_t"]
    short = sums.loc[lacking].sort_values(order, ascending=[True, False], kind="stable")
    return Shortages(rows, short, int((~lacking).sum()))
