"""Provinces shaded by a value: hatching as a second cue, and the values beside their nodes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from planner.charts import style
from planner.charts.basemap import Basemap
from planner.charts.patches import patch
from planner.charts.place_labels import Obstacles, map_names, place_names


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
            if not panel.shows(base.shapes[code]):
                continue
            ink = "white" if code in white else style.SOFT_INK
            look = {"fill": False, "hatch": pattern, "edgecolor": ink, "linewidth": 0.0}
            panel.axes.add_artist(patch(base.shapes[code], **look, zorder=2, gid=f"hatch-{code}"))


def write_labels(base: Basemap, known: Mapping[str, str], values: Mapping[str, str]) -> None:
    """Write the name of every province once, and below it its value if it has one.

    Parameters
    ----------
    base
        The map; provinces whose node lies in the inset are named there.
    known
        Names by province.
    values
        What stands below the name.
    """
    for panel in base.panels:
        here = base.inside if panel is base.inset else set(known) - base.inside
        labels = map_names(panel, {code: known[code] for code in known if code in here}, 16)
        labels |= {code: f"{labels[code]}\n{values[code]}" for code in labels if code in values}
        nodes = np.array([panel.points(code) for code in panel.places]).reshape(-1, 2)
        place_names(panel, labels, Obstacles(nodes))
