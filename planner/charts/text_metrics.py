"""Lines that fit: words folded by their measured width, not by a count of letters."""

from __future__ import annotations

from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from planner.charts import style


@cache
def width_of(words: str, size: float, weight: str = "normal") -> float:
    """Return the width of a line of text in points."""
    font = FontProperties(family=style.FONT, size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(words, font, ismath=False)[0])


def wrapped(words: str, width: float, size: float, weight: str = "normal") -> str:
    """Fold words into lines no wider than `width` points; a word is never cut."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        lines.append("")
        for word in paragraph.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if lines[-1] and width_of(longer, size, weight) > width:
                lines.append(word)
            else:
                lines[-1] = longer
    return "\n".join(lines)
