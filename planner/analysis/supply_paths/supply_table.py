"""Who supplies whom: the paths of a plan as a table, and as a matrix of provinces.

tonnes     what the destination eats, keeps at the end, has on the way then, or gives up
origin_t   what left the source for it; the difference was lost on the way and in store
..._idr    what was paid for it by part as in `costs.csv`, also for what was lost
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planner.analysis.supply_paths.paths import Path

KEY = ["origin", "source", "origin_commodity", "destination", "commodity", "use", "path", "modes"]
PAID = ["purchase", "import", "processing", "freight", "handling", "holding"]
MONEY = [f"{part}_idr" for part in PAID]


def supply_table(paths: Iterable[Path]) -> pd.DataFrame:
    """Return one row for each path from a source to a use: `supply.csv`.

    Returns
    -------
    `source` is production, import or opening (stock at the start); `use` is need, closing (stock at the
    end), in_transit (on the way at the end) or discarded. `origin_commodity` is the commodity at the source,
    `commodity` what it is used as. `path` names the provinces from origin to destination, `modes` the
    mode of each leg, or the recipe where a leg is processing. All rows together hold every tonne that
    was supplied, imported or in store at the start, and the whole cost of the plan without penalties.
    """
    table = pd.DataFrame(map(_row, paths), columns=[*KEY, "origin_t", "tonnes", *MONEY])
    return table.groupby(KEY, as_index=False).sum()


def who_supplies_whom(table: pd.DataFrame, commodity: str) -> pd.DataFrame:
    """Return the tonnes eaten in each province (columns) by the province they came from (rows).

    Parameters
    ----------
    table
        From `supply_table`.
    commodity
        Which commodity.
    """
    eaten = table.loc[(table["commodity"] == commodity) & (table["use"] == "need")]
    return eaten.pivot_table("tonnes", "origin", "destination", "sum", fill_value=0.0)


def _row(path: Path) -> list[object]:
    imported = path.source == "import"
    return [
        path.origin,
        path.source,
        path.origin_commodity,
        path.destination,
        path.commodity,
        path.use,
        *path.way,
        path.origin_t,
        path.tonnes,
        0.0 if imported else path.bought,
        path.bought if imported else 0.0,
        path.fees,
        path.freight,
        path.handling,
        path.held,
    ]
