"""Short tables of HTML, as a notebook shows an object."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def facts_table(caption: str, facts: Mapping[str, object]) -> str:
    """Return a caption and one row a fact; everything is escaped, so that no name of a file is taken as HTML."""
    frame = pd.DataFrame({caption: [str(value) for value in facts.values()]}, index=list(facts))
    with pd.option_context("display.max_colwidth", None):
        return frame.to_html(escape=True, border=0)
