import json

import pytest

from planner.charts import flows_geojson


def test_features_carry_all_tonnes_once(flows, provinces):
    features = flows_geojson(flows, provinces)["features"]
    carried = sum(feature["properties"]["tonnes"] for feature in features)
    assert carried == pytest.approx(flows["tonnes"].sum(), abs=1)


def test_lines_run_from_origin_to_destination_as_lon_lat(flows, provinces):
    feature = flows_geojson(flows, provinces)["features"][0]
    place = provinces.set_index("province")[["lon", "lat"]].round(5)
    ends = [list(place.loc[feature["properties"][side]]) for side in ("origin", "destination")]
    assert feature["geometry"] == {"type": "LineString", "coordinates": ends}


def test_periods_can_be_kept_apart(flows, provinces):
    summed = flows_geojson(flows, provinces)["features"]
    monthly = flows_geojson(flows, provinces, by_period=True)["features"]
    assert len(monthly) == 3 * len(summed)
    assert monthly[0]["properties"]["period"] == "2023-01"


def test_order_of_rows_changes_nothing(flows, provinces):
    shuffled = flows.sample(frac=1, random_state=1)
    first, second = (flows_geojson(table, provinces) for table in (flows, shuffled))
    assert json.dumps(first) == json.dumps(second)
