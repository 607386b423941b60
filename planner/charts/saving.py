"""Figures to files: PNG at 300 dpi and SVG with real text, the same bytes every time."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from planner.charts import style

DPI = 300
MARGIN = 0.25
"""Inches left free beside the source line."""
CHARACTERS_PER_INCH = 21
"""Of the source line, in its small print."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure, not yet on disk; writing it needs no matplotlib and can wait in a thread.

    Parameters
    ----------
    pixels
        What becomes the PNG.
    vectors
        The SVG.
    """

    pixels: Image.Image
    vectors: bytes

    def write(self, stem: Path) -> list[Path]:
        """Write both files and give their paths."""
        files = [stem.with_name(f"{stem.name}{ending}") for ending in (".png", ".svg")]
        self.pixels.save(files[0], dpi=(DPI, DPI), compress_level=2)
        files[1].write_bytes(self.vectors)
        return files


def save(target: Axes | Figure, stem: Path | str, *, source_line: str = "") -> list[Path]:
    """Write a chart as PNG and SVG and let its figure go.

    Parameters
    ----------
    target
        The chart, or its figure.
    stem
        Path without ending; ``.png`` and ``.svg`` are added.
    source_line
        What stands at the foot of the figure: source, data date, scenario.

    Returns
    -------
    list of Path
        The two files.
    """
    return picture(target, source_line=source_line).write(Path(stem))


def picture(target: Axes | Figure, *, source_line: str = "") -> Picture:
    """Draw a figure at print size in both forms and let the figure go."""
    figure = target if isinstance(target, Figure) else style.root(target)
    with style.sheet():
        if source_line:
            _sign(figure, source_line)
        figure.set_dpi(DPI)
        raster, vectors = FigureCanvasAgg(figure), BytesIO()
        raster.draw()  # type: ignore[no-untyped-call]
        shades = np.asarray(raster.buffer_rgba())  # type: ignore[no-untyped-call]
        pixels = Image.fromarray(shades).convert("RGB")
        figure.savefig(vectors, format="svg", metadata={"Date": None, "Creator": None})
    figure.clear()
    return Picture(pixels, vectors.getvalue())


def _sign(figure: Figure, source_line: str) -> None:
    """Write the source at the foot, on as many lines as the width asks for."""
    width = int((figure.get_figwidth() - 2 * MARGIN) * CHARACTERS_PER_INCH)
    lines = textwrap.wrap(source_line, width)
    left, foot = MARGIN / figure.get_figwidth(), (0.09 if len(lines) == 1 else 0.04)
    look = {"fontsize": 6.5, "color": style.SOFT_INK, "va": "bottom", "linespacing": 1.05}
    text = "\n".join(lines)
    figure.text(left, foot / figure.get_figheight(), text, gid="source", **look)  # type: ignore[arg-type]
