"""The waterfall: what a kilogram costs from its source to where it is eaten, one bar a part."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.money import decimals
from planner.charts.registry import Order, Tables, chart
from planner.charts.titles import good_in_sentence, largest_of
from planner.i18n import number, tonnes

_ROW, _ABOVE, _BELOW, _LEFT = 0.36, 0.8, 0.95, 2.55
_LANE_ROOM, _SUM_ROOM = 0.15, 0.5
"""Room for the written values, as a share of the whole cost."""
_LANE = ["origin", "destination", "commodity", "path", "modes"]
_LOOKS: dict[str, dict[str, Any]] = {
    "purchase": {"color": style.SURPLUS},
    "import": {"color": style.SURPLUS},
    "loss": {"color": "white", "hatch": "xxxx"},
    "holding": {"color": style.FOCUS_LAND},
    "left_over": {"color": "white", "hatch": "////"},
    "total": {"color": style.INK},
}


def _standard(rows: Tables, commodity: str, focus: Collection[str]) -> Iterator[Order]:
    """Draw the sums of the plan, and for each province in focus what comes from elsewhere."""
    if commodity:
        return
    yield Order("waterfall")
    costs = rows["delivered_costs"]
    for code in focus:
        if ((costs["destination"] == code) & (costs["origin"] != code)).any():
            yield Order("waterfall", destination=code)


@chart("delivered_costs", standard=_standard)
def waterfall(
    canvas: Canvas,
    costs: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodities: pd.DataFrame,
    modes: pd.DataFrame,
    destination: str = "",
    origin: str = "",
    commodity: str = "",
) -> None:
    """Draw the parts of a cost, each bar from where the one above ends, and their sum.

    Parameters
    ----------
    costs
        The table of delivered costs.
    provinces, commodities, modes
        The tables of the scenario.
    destination
        Draw the lane that brings this province most from elsewhere; without it the sums of the plan.
    origin
        Only lanes from there, the province itself included.
    commodity
        Only this one; all if blank.
    """
    rows = _chosen(costs, destination, origin, commodity)
    known = {"province": provinces, "commodity": commodities, "mode": modes}
    words = _Words({key: canvas.names(table, key) for key, table in known.items()}, canvas, rows)
    canvas.open_rows(len(rows) + 1, _ROW, (_LEFT, _BELOW, 0.3, _ABOVE))
    canvas.head(words.title(rows), words.subtitle(rows), 10)
    canvas.describe(words.alt(rows))
    if rows.empty:
        canvas.empty()
        return
    _bars(canvas.ax, rows, words)
    _axis(canvas, words, rows)


def _chosen(costs: pd.DataFrame, destination: str, origin: str, commodity: str) -> pd.DataFrame:
    """Choose the rows of one lane, or of the sums."""
    rows = costs.loc[(costs["destination"] == destination) & costs["idr_per_kg"].notna()]
    if not destination:
        return rows.loc[rows["commodity"] == commodity]
    rows = rows.loc[rows["origin"] == origin if origin else rows["origin"] != destination]
    rows = rows.loc[rows["commodity"] == commodity] if commodity else rows
    if rows.empty:
        return rows
    order = rows.sort_values(["tonnes", *_LANE], ascending=[False] + [True] * len(_LANE))
    return rows.merge(order[_LANE].head(1), on=_LANE)


def _bars(ax: Axes, rows: pd.DataFrame, words: _Words) -> None:
    ends = rows["idr_per_kg"].cumsum().tolist()
    starts = [0.0, *ends[:-1], 0.0]
    widths = [*rows["idr_per_kg"], ends[-1]]
    parts = [*rows["part"], "total"]
    for place, (part, start, width) in enumerate(zip(parts, starts, widths, strict=True)):
        look = _LOOKS.get(part, {"color": style.SHORTAGE})
        edge = {"edgecolor": style.INK, "linewidth": 0.5}
        ax.barh(place, width, left=start, height=0.62, **(look | edge), gid=part)
    for place, end in enumerate(ends):
        ax.plot([end, end], [place + 0.31, place + 0.69], color=style.SOFT_INK, linewidth=0.6)
    for place, label in enumerate(words.values(rows)):
        side = max(starts[place], starts[place] + widths[place])
        ax.annotate(
            label,
            (side, place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7.5,
            weight="bold" if place == len(rows) else "normal",
            gid="value",
        )
    labels = [*(words.part(row) for row in rows.to_dict("records")), words.total(rows)]
    ax.set_yticks(range(len(parts)), labels)


def _axis(canvas: Canvas, words: _Words, rows: pd.DataFrame) -> None:
    ax = canvas.ax
    room = _LANE_ROOM if rows["destination"].iloc[0] else _SUM_ROOM
    ax.set_xlim(0, max(float(rows["idr_per_kg"].cumsum().max()), 1e-9) * (1 + room))
    ax.set_ylim(len(rows) + 0.6, -0.6)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.plain(value)))
    ax.set_xlabel(words.say("axis", money=canvas.money.heading))
    ax.grid(axis="x", color=style.LAND, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    if not rows.loc[rows["part"] == "purchase", "idr"].sum():
        canvas.note(words.say("no_purchase"), 34)


class _Words:
    """What stands on the chart, in one language."""

    def __init__(
        self, known: dict[str, dict[str, str]], canvas: Canvas, rows: pd.DataFrame
    ) -> None:
        self._known, self._language, self._money = known, canvas.language, canvas.money
        self.say = canvas.say
        # 0 for a sum of 10 or more, of which only the small parts get a decimal
        self._places = decimals(float(rows["idr_per_kg"].sum()))

    def plain(self, value: float) -> str:
        return number(value, self._language, self._places)

    def title(self, rows: pd.DataFrame) -> str:
        if rows.empty:
            return self.say("title_plan")
        good, place = rows["commodity"].iloc[0], rows["destination"].iloc[0]
        values = {"commodity": good_in_sentence(self._name("commodity", good))}
        if place:
            return self.say("title_lane", destination=self._name("province", place), **values)
        return self.say("title_good", **values) if good else self.say("title_plan")

    def subtitle(self, rows: pd.DataFrame) -> str:
        if rows.empty:
            return self.say("none")
        amount, origin = tonnes(rows["tonnes"].iloc[0], self._language), rows["origin"].iloc[0]
        money = {"money": self._money.name if origin else self._money.heading}
        if not origin:
            return self.say("subtitle_sum", tonnes=amount, **money)
        return self.say(
            "subtitle_lane", origin=self._name("province", origin), tonnes=amount, **money
        )

    def alt(self, rows: pd.DataFrame) -> str:
        """Return what the cost is in all, and its largest part."""
        if rows.empty:
            return self.say("none")
        each = rows.set_index(pd.RangeIndex(len(rows)))["idr_per_kg"]
        bars = {
            str(n): self.part(row).replace("\n", " ")
            for n, row in enumerate(rows.to_dict("records"))
        }
        largest = largest_of(each.rename(index=str), bars, self._per_kg)
        return self.say("alt", total=self._per_kg(float(each.sum())), part=largest)

    def part(self, row: dict[Any, Any]) -> str:
        """Name a bar."""
        leg = str(row["leg"])
        if row["part"] != "freight" or leg == "round_trip":
            return self.say(leg or row["part"])
        ends, _, way = leg.rpartition(" ")
        mode, _, service = way.partition("/")
        mode = f"{self._name('mode', mode)} {service}".rstrip()
        if not ends:
            return self.say("freight", mode=good_in_sentence(mode))
        names_of_ends = [self._name("province", code) for code in ends.split(">")]
        return f"{mode}\n{'–'.join(names_of_ends)}"

    def values(self, rows: pd.DataFrame) -> list[str]:
        """Write the value of each bar and of their sum; of sums also the whole amount."""
        whole = not rows["destination"].iloc[0]
        pairs = [*zip(rows["idr_per_kg"], rows["idr"], strict=True)]
        pairs.append((rows["idr_per_kg"].sum(), rows["idr"].sum()))
        return [self._value(*pair, whole=whole) for pair in pairs]

    def total(self, rows: pd.DataFrame) -> str:
        return self.say("total_lane" if rows["destination"].iloc[0] else "total_sum")

    def _value(self, per_kg: float, idr: float, *, whole: bool) -> str:
        written = self._per_kg(per_kg)
        return f"{written} ({self._money.whole(idr)})" if whole and idr else written

    def _per_kg(self, idr: float) -> str:
        return self._money.price(idr, self._places or (1 if 0 < idr < 9.95 else 0))

    def _name(self, kind: str, code: str) -> str:
        return self._known[kind].get(code, code)
