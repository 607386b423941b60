"""A scenario that extends another: keys of settings and rows of tables replaced by key."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.schema.columns import Table


def merge_settings(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """Lay the keys of `top` over those of `base`.

    Tables are merged key by key. Adjustments and the sentences of `limits` add up: the what-ifs and
    limits of the base hold for what stands on it. A writer's words on the base do not.
    """
    merged = {key: value for key, value in base.items() if key != "brief"}
    for key, value in top.items():
        below = base.get(key)
        if key == "title":
            merged[key] = value
        elif isinstance(value, dict) and isinstance(below, dict):
            merged[key] = merge_settings(below, value)
        elif key in {"adjust", "notes"} and isinstance(value, list) and isinstance(below, list):
            merged[key] = [*below, *value]
        else:
            merged[key] = value
    return merged


def merge_table(table: Table, base: pd.DataFrame, top: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `base` with those of `top` in the place of rows of the same key.

    A row of `top` whose key is new comes at the end.
    """
    if base.empty or top.empty:
        return top if base.empty else base
    key = list(table.key)
    place = pd.MultiIndex.from_frame(base[key]).get_indexer(pd.MultiIndex.from_frame(top[key]))
    merged = base.copy()
    known = place >= 0
    merged.iloc[place[known]] = top.loc[known, merged.columns].to_numpy()
    return pd.concat([merged, top.loc[~known]], ignore_index=True)
