"""Charts: tables in, axes out; one file a chart. Nothing here solves or computes a result."""

from planner.charts.balance_bars import balance_bars
from planner.charts.balance_map import balance_map
from planner.charts.captions import Caption, caption
from planner.charts.comparison import comparison
from planner.charts.congestion import congestion
from planner.charts.coverage import coverage
from planner.charts.flow_map import flow_map
from planner.charts.flow_months import flow_months
from planner.charts.frontier import frontier
from planner.charts.gallery import draw_all, of_comparison
from planner.charts.geojson import flows_geojson
from planner.charts.menu import (
    INPUTS,
    MENU,
    OF_TWO_RUNS,
    Order,
    choices,
    draw,
    needs_commodity,
    source_of,
)
from planner.charts.od_heatmap import od_heatmap
from planner.charts.price_dumbbell import price_dumbbell
from planner.charts.price_map import price_map
from planner.charts.sankey import sankey
from planner.charts.saving import Picture, picture, save, save_set, sign
from planner.charts.shortage_calendar import shortage_calendar
from planner.charts.stock import stock
from planner.charts.style import SIZES, Size
from planner.charts.waterfall import waterfall

__all__ = [
    "INPUTS",
    "MENU",
    "OF_TWO_RUNS",
    "SIZES",
    "Caption",
    "Order",
    "Picture",
    "Size",
    "balance_bars",
    "balance_map",
    "caption",
    "choices",
    "comparison",
    "congestion",
    "coverage",
    "draw",
    "draw_all",
    "flow_map",
    "flow_months",
    "flows_geojson",
    "frontier",
    "needs_commodity",
    "od_heatmap",
    "of_comparison",
    "picture",
    "price_dumbbell",
    "price_map",
    "sankey",
    "save",
    "save_set",
    "shortage_calendar",
    "sign",
    "source_of",
    "stock",
    "waterfall",
]
