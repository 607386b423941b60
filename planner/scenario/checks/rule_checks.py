"""Checks of the rows of `rules`, each by itself; which lanes they count is checked with the network."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.errors import Problem
from planner.schema.tables import TABLES

type Frames = dict[str, pd.DataFrame]

WAYS = ("origin", "port", "mode", "service")
"""How goods come: a share needs one of these, or it is the share of all in all."""


def rules_make_sense(frames: Frames) -> Iterator[Problem]:
    """Find shares above 1, and shares of all that comes in all that comes."""
    rules, per = frames["rules"], TABLES["rules"].column("per")
    shares = rules.loc[rules["measure"] == "share"]
    for row in shares.to_dict("records"):
        place = str(row["_file"]), int(row["_line"])
        if row["bound"] > 1:
            values = {"value": f"{row['bound']:g}", "bound": "1"}
            yield Problem("not_a_share", *place, "bound", values)
        if not any(row[way] or way in per.values(row["per"]) for way in WAYS):
            yield Problem("rule_share_of_all", *place, "measure", {"value": row["rule"]})
