"""What a chart says to those who do not see it: title, one or two sentences, source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planner.charts import style
from planner.formats.formulas import kept_as_text

CAPTIONS_FILE = "captions.csv"
Target = TypeVar("Target", Axes, Figure)


@dataclass(frozen=True, slots=True)
class Caption:
    """The words that go with a chart.

    Parameters
    ----------
    title
        As it stands on the chart.
    alt
        One or two sentences made from the data: what is drawn, when, and what is largest.
    source
        The line at its foot: scenario, date of the data, digest.
    """

    title: str
    alt: str
    source: str

    @property
    def full(self) -> str:
        """What stands under the chart in a document: title and source."""
        ends = f"{self.title.rstrip('.')}."
        return f"{ends} {self.source}".rstrip()


def describe(ax: Axes, alt: str) -> None:
    """Keep the alt text of a chart with its axes."""
    ax.set_label(alt)


def caption(target: Axes | Figure) -> Caption:
    """Return the words of a drawn chart.

    Parameters
    ----------
    target
        The chart, or its figure; of several axes the first that was described counts.
    """
    figure = target if isinstance(target, Figure) else style.root(target)
    every = [target] if isinstance(target, Axes) else figure.axes
    told = [ax for ax in every if ax.get_label()] or every[:1]
    source = next(
        (" ".join(t.get_text().split()) for t in figure.texts if t.get_gid() == "source"), ""
    )
    if not told:
        return Caption("", "", source)
    title = " ".join(told[0].get_title(loc="left").split())
    return Caption(title, str(told[0].get_label()), source)


def write_captions(folder: Path, captions: Mapping[str, Caption]) -> Path:
    """Write the words of the charts of a folder beside them, for documents and slides.

    Parameters
    ----------
    folder
        Where the charts are; what the file says of other charts stays.
    captions
        By the name of the chart's files without ending.

    Returns
    -------
    Path
        ``captions.csv``: file, title, alt, caption.
    """
    file = folder / CAPTIONS_FILE
    rows = [
        (name, *map(kept_as_text, (said.title, said.alt, said.full)))
        for name, said in captions.items()
    ]
    table = pd.DataFrame(rows, columns=["file", "title", "alt", "caption"])
    if file.exists():
        older = pd.read_csv(file, dtype=str, keep_default_na=False)
        table = pd.concat([older[~older["file"].isin(table["file"])], table])
    table.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")
    return file
