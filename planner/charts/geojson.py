"""Flows for geographic information systems: GeoJSON after RFC 7946."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.charts.titles import names


def flows_geojson(
    flows: pd.DataFrame, provinces: pd.DataFrame, *, by_period: bool = False
) -> dict[str, Any]:
    """Return each lane as a straight line from node to node with its amounts.

    Parameters
    ----------
    flows
        Columns origin, destination, mode, commodity, period, tonnes, received_t, idr.
    provinces
        The table `provinces`.
    by_period
        One feature a period instead of sums over the horizon.

    Returns
    -------
    dict
        A FeatureCollection in the order of the keys; ready for ``json.dump``.
    """
    keys = ["origin", "destination", "mode", "commodity", *(["period"] if by_period else [])]
    sums = flows.groupby(keys, as_index=False, observed=True)[["tonnes", "received_t", "idr"]].sum()
    places = {
        str(code): [round(float(lon), 5), round(float(lat), 5)]
        for code, lon, lat in provinces[["province", "lon", "lat"]].itertuples(index=False)
    }
    local, english = (names(provinces, "province", language) for language in ("id", "en"))
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "LineString",
                "coordinates": [places[row["origin"]], places[row["destination"]]],
            },
            "properties": {
                **{key: str(row[key]) for key in keys},
                "origin_name": local[row["origin"]],
                "destination_name": local[row["destination"]],
                "origin_name_en": english[row["origin"]],
                "destination_name_en": english[row["destination"]],
                "tonnes": round(float(row["tonnes"]), 3),
                "received_t": round(float(row["received_t"]), 3),
                "idr": round(float(row["idr"])),
            },
        }
        for row in sums.sort_values(keys).to_dict("records")
    ]
    return {"type": "FeatureCollection", "features": features}
