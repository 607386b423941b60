"""What is wrong with the page: words on words, words off the page, print too small to read."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from unittest import mock

from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SMALLEST = 7.0
"""Points."""
TOUCH = 1.2
"""Boxes of text hold room for accents and tails, so that so many points of overlap show no ink."""


def written(figure: Figure) -> list[Text]:
    """Every text that is really drawn: tick labels out of sight are not."""
    drawn: list[Text] = []

    def note(text: Text, *_args: object, **_options: object) -> None:
        if text.get_visible() and text.get_text().strip() and text not in drawn:
            drawn.append(text)

    with ExitStack() as nothing_else:
        for kind in (Patch, Line2D, Collection):
            nothing_else.enter_context(mock.patch.object(kind, "draw", _nothing))
        nothing_else.enter_context(mock.patch.object(Text, "draw", note))
        figure.draw_without_rendering()
    return drawn


def _nothing(*_args: object, **_options: object) -> None:
    """Draw nothing: what is no text only takes time."""


def box_of(text: Text) -> Bbox:
    """The rectangle of the letters in points, without a frame or an arrow around them."""
    return Bbox(Text.get_window_extent(text).get_points() * 72 / text.get_figure(root=True).dpi)


def faults(target: Axes | Figure) -> list[str]:
    figure = target if isinstance(target, Figure) else target.get_figure(root=True)
    texts = [(text.get_text().replace("\n", " "), box_of(text), text) for text in written(figure)]
    page = Bbox.from_bounds(0, 0, *(side * 72 for side in figure.get_size_inches()))
    found = [f"off the page: {words}" for words, box, _ in texts if not _inside(box, page)]
    found += [f"too small: {words}" for words, _, text in texts if text.get_fontsize() < SMALLEST]
    return found + [
        f"on each other: {first} | {second}"
        for (first, a, _), (second, b, _) in itertools.combinations(texts, 2)
        if _overlap(a, b) > TOUCH
    ]


def _inside(box: Bbox, page: Bbox) -> bool:
    return bool(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= page.x1 and box.y1 <= page.y1)


def _overlap(a: Bbox, b: Bbox) -> float:
    return float(min(min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)))
