"""Delivered cost as a waterfall: what a kilogram costs from its source to where it is eaten, part by part.

A tonne that is lost on the way or in store was paid for like one that arrives. So what was paid for Q tonnes
bought or dispatched, of which D are eaten, is split into

part   =  paid * D / Q           purchase, import, processing, handling, freight of each leg: a tonne at its rate
loss   =  paid * (1 - D / Q)     added up over these

where paddy is milled on the way, Q counts as the rice it gives: milling is no loss. Holding, and ways out of a
province and back, stand as they were paid. So the parts of a lane add up to what it cost, and

sum over all lanes + left over at the end (in store, on the way, discarded)  =  cost of the plan without penalties

Loss holds only what the plan pays: where no purchase price is charged, goods that are lost cost their freight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from planner.analysis.supply_paths.paths import Path

LANE = ["origin", "destination", "commodity", "path", "modes"]
PARTS = ["purchase", "import", "processing", "handling", "freight", "loss", "holding", "left_over"]
ROUND_TRIP = "round_trip"
NOTHING = 1e-3
"""Less than this is left over by the arithmetic, IDR."""

type Item = tuple[str, int, str, str, float]
"""Part, number of the leg, its name, its mode, IDR."""


def delivered_costs(paths: Iterable[Path]) -> pd.DataFrame:
    """Return the cost of every lane, commodity and of the plan by part: `delivered_costs.csv`.

    Returns
    -------
    A lane is a commodity on one way from origin to destination, whatever its source. `tonnes` are those
    eaten, `idr_per_kg` is what each of their kilograms bears; `leg` names a leg of the freight. Rows
    without origin and destination hold the sums of a commodity, or without commodity those of the plan:
    there freight is split by mode, and `left_over` was paid for goods in store or on the way at the end
    and for those discarded. `step` counts the parts. A part of 0 is left out, except purchase. Where
    nothing is eaten `idr_per_kg` is NaN.
    """
    items = pd.DataFrame(
        _rows(paths), columns=[*LANE, "tonnes", "part", "nth", "leg", "mode", "idr"]
    )
    lanes = items.loc[items["part"] != "left_over"]
    goods = items.assign(origin="", destination="", path="", modes="", nth=0, leg=items["mode"])
    scopes = pd.concat([goods.assign(commodity=""), goods, lanes], ignore_index=True)
    scopes["part"] = pd.Categorical(scopes["part"], PARTS, ordered=True)
    scopes["eaten"] = scopes.groupby(LANE)["tonnes"].transform("sum")
    table = (
        scopes.groupby([*LANE, "part", "nth", "leg"], observed=True)
        .agg(tonnes=("eaten", "first"), idr=("idr", "sum"))
        .reset_index()
    )
    table = table.loc[(table["idr"].abs() > NOTHING) | (table["part"] == "purchase")]
    table["step"] = table.groupby(LANE).cumcount() + 1
    table["idr_per_kg"] = table["idr"] / table["tonnes"].where(table["tonnes"] > 0) / 1000
    table["part"] = table["part"].astype(str)
    return table[[*LANE, "step", "part", "leg", "tonnes", "idr", "idr_per_kg"]].reset_index(
        drop=True
    )


def _rows(paths: Iterable[Path]) -> Iterator[tuple[object, ...]]:
    """Yield the parts of every path; its tonnes stand beside the first, so that they add up."""
    for path in paths:
        lane = (path.origin, path.destination, path.commodity, *path.way)
        for number, item in enumerate(_items(path)):
            yield (*lane, path.tonnes if number == 0 and path.use == "need" else 0.0, *item)


def _items(path: Path) -> Iterator[Item]:
    """Split what one path cost; the equations stand on top of this file."""
    if path.use != "need":
        yield "left_over", 0, "", "", path.cost
        return
    bought = path.bought * path.tonnes / path.lossless
    imported = path.source == "import"
    yield "purchase", 0, "", "", 0.0 if imported else bought
    yield "import", 0, "", "", bought if imported else 0.0
    spent = bought + path.held + path.round_freight + path.round_handling
    for number, (leg, share) in enumerate(path.surviving()):
        name, mode = f"{leg.origin}>{leg.destination} {leg.way}", leg.way.split("/")[0]
        yield "freight", number, name, mode, leg.freight * share
        yield "handling", 0, "", "", leg.handling * share
        yield "processing", 0, "", "", leg.fee * share
        spent += (leg.freight + leg.handling + leg.fee) * share
    yield "handling", 0, "", "", path.round_handling
    yield "freight", len(path.legs), ROUND_TRIP, ROUND_TRIP, path.round_freight
    yield "holding", 0, "", "", path.held
    yield "loss", 0, "", "", path.cost - spent
