"""Figures to files: PNG at 300 dpi and SVG with real text, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from planner.charts import style
from planner.charts.alt_text import Caption, Target, caption, write_captions
from planner.charts.text_metrics import wrapped
from planner.charts.titles import MARGIN

DPI = 300


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure, not yet on disk; writing it needs no matplotlib and can wait in a thread.

    Parameters
    ----------
    pixels
        What becomes the PNG.
    vectors
        The SVG.
    caption
        The words that go with it; both files hold them too.
    """

    pixels: Image.Image
    vectors: bytes
    caption: Caption

    def write(self, stem: Path) -> list[Path]:
        """Write both files and give their paths."""
        files = [stem.with_name(f"{stem.name}{ending}") for ending in (".png", ".svg")]
        said = PngInfo()
        words = (self.caption.title, self.caption.alt, self.caption.source)
        for key, value in zip(("Title", "Description", "Source"), words, strict=True):
            said.add_itxt(key, value)
        self.pixels.save(files[0], dpi=(DPI, DPI), compress_level=2, pnginfo=said)
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


def save_set(pictures: Mapping[str, Picture], folder: Path) -> list[Path]:
    """Write pictures under their names and ``captions.csv`` beside them; give all files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [file for name, drawn in pictures.items() for file in drawn.write(folder / name)]
    return [*files, write_captions(folder, {name: p.caption for name, p in pictures.items()})]


def picture(target: Axes | Figure, *, source_line: str = "") -> Picture:
    """Draw a figure at print size in both forms and let the figure go; a slide is enlarged."""
    figure = target if isinstance(target, Figure) else style.root(target)
    if source_line:
        sign(figure, source_line)
    said = caption(target)
    times = style.ENLARGED if tuple(figure.get_size_inches()) == style.SLIDE else 1.0
    with style.sheet():
        figure.set_dpi(DPI * times)
        raster, vectors = FigureCanvasAgg(figure), BytesIO()
        raster.draw()  # type: ignore[no-untyped-call]
        shades = np.asarray(raster.buffer_rgba())  # type: ignore[no-untyped-call]
        pixels = Image.fromarray(shades).convert("RGB")
        nothing = {"Date": None, "Creator": None}
        figure.savefig(vectors, format="svg", metadata={"Title": said.title, **nothing})
    figure.clear()
    return Picture(pixels, _spoken(vectors.getvalue().decode(), said.alt, times).encode(), said)


def sign(target: Target, source_line: str) -> Target:
    """Write the source at the foot of a figure, on as many lines as the width asks for.

    Parameters
    ----------
    target
        The chart, or its figure; given back, so that a notebook can show it at once.
    source_line
        Such as `Scenario.source_line` gives; it replaces what stood there.
    """
    figure = target if isinstance(target, Figure) else style.root(target)
    for old in [text for text in figure.texts if text.get_gid() == "source"]:
        old.remove()
    width, height = figure.get_size_inches()
    lines = wrapped(source_line, (width - 2 * MARGIN) * 72, style.TINY)
    foot = 0.04 if "\n" in lines else 0.09
    with style.sheet():
        figure.text(
            MARGIN / width,
            foot / height,
            lines,
            gid="source",
            fontsize=style.TINY,
            color=style.SOFT_INK,
            va="bottom",
            linespacing=1.05,
        )
    return target


def _spoken(drawing: str, alt: str, times: float) -> str:
    """Put the alt text into an SVG, and enlarge it without touching its coordinates."""
    head, mark, rest = drawing.partition("<metadata>")
    larger = re.sub(r'"([\d.]+)pt"', lambda side: f'"{float(side[1]) * times:g}pt"', head)
    return f"{larger}<desc>{escape(alt)}</desc>\n {mark}{rest}"
