"""The flow map: which province sends how much to which, as curved arrows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from planner.charts import style
from planner.charts.arrows import Scale, draw_arrows, draw_nodes
from planner.charts.basemap import Basemap, basemap, draw_land
from planner.charts.canvas import Canvas
from planner.charts.flow_selection import Lanes, merge
from planner.charts.legend import Legend
from planner.charts.place_labels import Obstacles, map_names, place_names
from planner.charts.registry import Order, Tables, chart
from planner.charts.style import Kind
from planner.charts.titles import good_in_sentence, period_range
from planner.i18n import number, percent, text, tonnes

READABLE = 36
"""Lanes that a reader can still follow on an A4 page; on smaller figures fewer."""


def _standard(rows: Tables, commodity: str, _: Collection[str]) -> Iterator[Order]:
    """Draw the whole plan both ways; of one commodity only the modes tell lanes apart."""
    if not commodity:
        yield Order("flow_map")
    if not commodity or (rows["flows"]["tonnes"] > 0).any():
        yield Order("flow_map", commodity, colour="mode")


@chart("flows", size="page", by_period=True, standard=_standard)
def flow_map(  # noqa: PLR0913
    canvas: Canvas,
    flows: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodities: pd.DataFrame | None = None,
    modes: pd.DataFrame | None = None,
    commodity: str = "",
    origin: str = "",
    colour: Literal["commodity", "mode"] = "commodity",
    focus: Collection[str] = (),
    limit: int | None = None,
) -> None:
    """Draw flows between provinces as arrows, width by tonnes.

    Parameters
    ----------
    flows
        Columns origin, destination, commodity, mode, period, tonnes; filter it to draw some
        periods.
    provinces, commodities, modes
        The tables of the scenario; without the last two the codes serve as names.
    commodity, origin
        Only the flows of this one, only those from there; all if blank.
    colour
        Whether colours tell commodities or modes apart.
    focus
        Provinces to point out; a quarter of the arrows may go to their lanes before larger ones.
    limit
        Largest number of arrows, as many as the width allows if None; smaller lanes are merged,
        and a note says how many and how much.
    """
    flows, language = chosen(flows, commodity, origin), canvas.language
    ax = canvas.open()
    lanes = merge(flows, colour, limit or _readable(ax), focus)
    known = canvas.names(provinces)
    looks = kinds_of(
        flows, canvas.names(commodities if colour == "commodity" else modes, colour), colour
    )
    base = basemap(ax, provinces, language)
    draw_land(base, focus={*focus, origin})
    obstacles = _draw_panels(base, lanes, looks, Scale(lanes.largest))
    _write_names(base, known, obstacles, _ends(base, lanes))
    _legend(base, lanes, looks, colour, language)
    title = title_of(
        flows, canvas.names(commodities, "commodity"), language, known.get(origin, origin)
    )
    canvas.head(title, _subtitle(flows, lanes, language))
    canvas.describe(_alt(flows, lanes, looks, known, language))


def _readable(ax: Axes) -> int:
    """Return how many arrows a map of this width may show."""
    return min(READABLE, round(1.05 * READABLE * style.points(ax)[0] / 72 / style.PAGE[0]))


def kinds_of(flows: pd.DataFrame, known: dict[str, str], colour: str) -> dict[str, Kind]:
    """Return each commodity or mode of the scenario its number, and keep those that move."""
    moving = sorted(set(flows.loc[flows["tonnes"] > 0, colour].astype(str)))
    every = known | {code: code for code in moving if code not in known}
    return {code: kind for code, kind in style.kinds(every).items() if code in moving}


def _draw_panels(
    base: Basemap, lanes: Lanes, looks: dict[str, Kind], scale: Scale
) -> list[Obstacles]:
    """Draw each lane once: in the inset if both its ends lie there, else on the main map."""
    inner = lanes.drawn["origin"].isin(base.inside) & lanes.drawn["destination"].isin(base.inside)
    obstacles = [draw_arrows(base.main, lanes.drawn[~inner], looks, scale)]
    if base.inset:
        obstacles.append(draw_arrows(base.inset, lanes.drawn[inner], looks, scale))
    for panel in base.panels:
        draw_nodes(panel)
    return obstacles


def _ends(base: Basemap, lanes: Lanes) -> set[str]:
    """Return the provinces where an arrow of the main map begins or ends."""
    pairs = zip(lanes.drawn["origin"], lanes.drawn["destination"], strict=True)
    return {code for pair in pairs if not set(pair) <= base.inside for code in pair}


def _write_names(
    base: Basemap, known: dict[str, str], obstacles: list[Obstacles], ends: Collection[str]
) -> None:
    """Write every name once; on the main map those of the inset again where there is room."""
    busy = {code for code in base.inside if code in ends}
    outer = {code: name for code, name in known.items() if code not in base.inside - busy}
    place_names(base.main, map_names(base.main, outer), obstacles[0], optional=frozenset(busy))
    if base.inset:
        inner = {code: name for code, name in known.items() if code in base.inside}
        place_names(base.inset, map_names(base.inset, inner), obstacles[1])


def _legend(
    base: Basemap, lanes: Lanes, looks: dict[str, Kind], colour: str, language: str
) -> None:
    legend = Legend(base)
    if len(lanes.drawn) == 0:
        legend.note(text("chart.flow_map.none", language))
        return
    legend.head(text(f"chart.map.{colour}", language))
    drawn = set(lanes.drawn["kind"])
    legend.kinds([look for code, look in looks.items() if code in drawn])
    legend.head(text("chart.map.width", language))
    legend.widths(Scale(lanes.largest), language)
    notes = [_merged_note(lanes, language)]
    small = [look.name for code, look in looks.items() if code not in drawn]
    if small:
        notes.append(text("chart.flow_map.too_small", language, names=", ".join(small)))
    if base.inset:
        notes.append(text("chart.flow_map.inset_note", language))
    legend.note(" ".join(notes))


def _merged_note(lanes: Lanes, language: str) -> str:
    if len(lanes.merged) == 0:
        return text("chart.flow_map.all_drawn", language, lanes=number(len(lanes.drawn), language))
    pointed = lanes.threshold > float(lanes.drawn["tonnes"].min())
    return text(
        "chart.flow_map.merged_focus" if pointed else "chart.flow_map.merged",
        language,
        drawn=number(len(lanes.drawn), language),
        lanes=number(len(lanes.merged), language),
        threshold=tonnes(lanes.threshold, language),
        tonnes=tonnes(lanes.merged_tonnes, language),
        share=percent(lanes.merged_tonnes / lanes.total, language, 1),
    )


def chosen(flows: pd.DataFrame, commodity: str, origin: str) -> pd.DataFrame:
    """Keep the flows of one commodity or from one province; a blank keeps all."""
    flows = flows.loc[flows["commodity"] == commodity] if commodity else flows
    return flows.loc[flows["origin"] == origin] if origin else flows


def title_of(flows: pd.DataFrame, goods: dict[str, str], language: str, origin: str = "") -> str:
    """Return what flows, by name if it is one commodity, and from where if that is chosen."""
    moving = sorted(set(flows["commodity"].astype(str)))
    title = text("chart.flow_map.title", language)
    if len(moving) == 1:
        good = good_in_sentence(goods.get(moving[0], moving[0]))
        title = text("chart.flow_map.title_one", language, commodity=good)
    return text("chart.flow_map.from", language, title=title, origin=origin) if origin else title


def _subtitle(flows: pd.DataFrame, lanes: Lanes, language: str) -> str:
    return text(
        "chart.flow_map.subtitle",
        language,
        period=period_range(flows["period"], language),
        tonnes=tonnes(lanes.total, language),
        lanes=number(len(lanes.drawn) + len(lanes.merged), language),
    )


def _alt(
    flows: pd.DataFrame,
    lanes: Lanes,
    looks: dict[str, Kind],
    known: dict[str, str],
    language: str,
) -> str:
    """Return how much moves, and on which lane most."""
    if len(lanes.drawn) == 0:
        return text("chart.flow_map.none", language)
    lane = lanes.drawn.iloc[0]
    largest = text(
        "chart.alt.lane",
        language,
        origin=known.get(lane["origin"], lane["origin"]),
        destination=known.get(lane["destination"], lane["destination"]),
        kind=good_in_sentence(looks[lane["kind"]].name),
        tonnes=tonnes(float(lane["tonnes"]), language),
    )
    return text(
        "chart.flow_map.alt",
        language,
        period=period_range(flows["period"], language),
        tonnes=tonnes(lanes.total, language),
        lanes=number(len(lanes.drawn) + len(lanes.merged), language),
        largest=largest,
    )
