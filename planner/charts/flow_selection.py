"""Many small flows become few drawn lanes, and nothing is lost silently."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

_SLACK = 1.15
"""So many times the limit is still drawn in full rather than merging a handful."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes to draw, largest first, and what is left out of the drawing.

    Parameters
    ----------
    drawn
        Columns origin, destination, kind, tonnes: summed over periods.
    merged
        The other lanes, same columns.
    """

    drawn: pd.DataFrame
    merged: pd.DataFrame

    @property
    def total(self) -> float:
        """Tonnes of all lanes."""
        return float(self.drawn["tonnes"].sum() + self.merged["tonnes"].sum())

    @property
    def merged_tonnes(self) -> float:
        """Tonnes of the lanes that are not drawn."""
        return float(self.merged["tonnes"].sum())

    @property
    def largest(self) -> float:
        """Tonnes of the largest lane."""
        return float(self.drawn["tonnes"].max()) if len(self.drawn) else 0.0

    @property
    def threshold(self) -> float:
        """Tonnes that no merged lane exceeds."""
        return float(self.merged["tonnes"].max()) if len(self.merged) else 0.0


def merge(flows: pd.DataFrame, by: str, limit: int, focus: Collection[str] = ()) -> Lanes:
    """Sum flows over periods and keep the largest lanes.

    Parameters
    ----------
    flows
        Columns origin, destination, tonnes and `by`.
    by
        The column that tells lanes between the same provinces apart: commodity or mode.
    limit
        How many lanes a reader can still follow.
    focus
        Provinces whose lanes may take a quarter of the places before larger ones.
    """
    lanes = (
        flows.loc[flows["tonnes"] > 0]
        .rename(columns={by: "kind"})
        .groupby(["origin", "destination", "kind"], observed=True, as_index=False)[["tonnes"]]
        .sum()
        .sort_values(["tonnes", "origin", "destination", "kind"], ascending=[False] + [True] * 3)
        .reset_index(drop=True)
    )
    touches = lanes["origin"].isin(focus) | lanes["destination"].isin(focus)
    limit = len(lanes) if len(lanes) <= _SLACK * limit else limit
    large = lanes.index < limit - (limit // 4 if len(focus) else 0)
    pointed = touches & ~large
    chosen = large | (pointed & (pointed.cumsum() <= limit // 4))
    spare = ~chosen
    chosen |= spare & (spare.cumsum() <= limit - int(chosen.sum()))
    return Lanes(lanes[chosen].reset_index(drop=True), lanes[~chosen].reset_index(drop=True))
