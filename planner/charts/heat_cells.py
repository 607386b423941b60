"""A table of shaded cells with numbers in those that are wide enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize

from planner.arrays import Floats
from planner.charts import style
from planner.charts.text_metrics import width_of

EMPTY = "#f8f8f8"


def draw_cells(
    ax: Axes, values: Floats, cmap: Colormap, norm: Normalize, say: Callable[[float], str]
) -> None:
    """Shade the cells that hold more than nothing, the first row at the top.

    Parameters
    ----------
    ax
        Where; cell centres get whole numbers as coordinates.
    values
        Rows and columns; 0 and NaN stay empty.
    cmap, norm
        Shades, as matplotlib takes them.
    say
        Writes a value; left out where the cell is too narrow for it.
    """
    edges = [np.arange(length + 1) - 0.5 for length in values.shape[::-1]]
    filled = values > 0
    hidden = np.ma.masked_where(~filled, values)
    mesh = ax.pcolormesh(*edges, hidden, cmap=cmap, norm=norm, edgecolors="white", linewidth=0.8)
    mesh.set_gid("cells")
    ax.set(xlim=edges[0][[0, -1]], ylim=edges[1][[-1, 0]], facecolor=EMPTY)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    room = style.points(ax)[0] / values.shape[1]
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": style.TINY, "gid": "cell"}
    for row, column in zip(*np.nonzero(filled), strict=True):
        value = float(values[row, column])
        words = say(value)
        if width_of(words, style.TINY) < room:
            ink = "white" if _is_dark(cmap(float(norm(value)))) else style.INK
            ax.text(column, row, words, color=ink, **look)


def _is_dark(colour: tuple[float, ...]) -> bool:
    """Return whether white stands out better than black (relative luminance of WCAG 2.1)."""
    rgb = np.array(colour[:3])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722]) < 0.18
