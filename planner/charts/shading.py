"""Provinces shaded by a value: hatching as a second cue, and the values beside their nodes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from planner.charts import style
from planner.charts.basemap import Basemap
from planner.charts.labels import Obstacles, place_names
from planner.charts.outlines import patch


def hatch(base: Basemap, codes: Collection[str], pattern: str, white: Collection[str] = ()) -> None:
    """Hatch provinces, in white ink those whose fill is dark.

    Parameters
    ----------
    base
        The map.
    codes
        Provinces; those without an outline are passed over.
    pattern
        As matplotlib takes it.
    white
        Provinces with a dark fill.
    """
    for panel in base.panels:
        for code in sorted(set(codes) & set(base.shapes)):
            ink = "white" if code in white else style.SOFT_INK
            look = {"fill": False, "hatch": pattern, "edgecolor": ink, "linewidth": 0.0}
            panel.axes.add_artist(patch(base.shapes[code], **look, zorder=2, gid=f"hatch-{code}"))


def write_labels(base: Basemap, labels: Mapping[str, str]) -> None:
    """Write the label of every province once, in the inset if its node lies there."""
    panels = [(base.main, 6.2, set(labels) - base.inside)]
    panels += [(base.inset, 7.0, base.inside)] if base.inset else []
    for panel, size, codes in panels:
        nodes = np.array([panel.points(code) for code in panel.places]).reshape(-1, 2)
        chosen = {code: label for code, label in labels.items() if code in codes}
        place_names(panel, chosen, Obstacles(nodes), size)
