"""Charts: tables in, axes out; one file a chart. Nothing here solves or computes a result."""

from planner.charts.balance_bars import balance_bars
from planner.charts.comparison import comparison
from planner.charts.flow_map import flow_map
from planner.charts.frontier import frontier
from planner.charts.gallery import draw_all
from planner.charts.geojson import flows_geojson
from planner.charts.price_map import price_map
from planner.charts.sankey import sankey
from planner.charts.saving import save
from planner.charts.waterfall import waterfall

__all__ = [
    "balance_bars",
    "comparison",
    "draw_all",
    "flow_map",
    "flows_geojson",
    "frontier",
    "price_map",
    "sankey",
    "save",
    "waterfall",
]
