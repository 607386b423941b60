"""What several looks ask of the tables, worked out once: people, need, prices, places."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import numpy as np
import pandas as pd

from planner.scenario.checks.plausibility.outliers import OTHERS, great_circle_km
from planner.scenario.checks.relations import Frames

FAR = 1_000
"""Kilometres from a capital to a port of its province."""
_MOVED = 3.0
"""Factor by which the stocks of all goods of a province must differ before its people are doubted."""

KM_PER_NM = 1.852
_ENDS = (("origin", "lat"), ("origin", "lon"), ("destination", "lat"), ("destination", "lon"))


class View:
    """The typed tables of a scenario, and what follows from them.

    Parameters
    ----------
    frames
        Typed tables, not yet spread over periods.
    spoilt
        Tables in which something is wrong: sums over them tell nothing.
    in_rupiah
        Whether money is rupiah, of which it is known what is usual.
    """

    def __init__(
        self, frames: Frames, *, spoilt: Collection[str] = (), in_rupiah: bool = True
    ) -> None:
        self.frames, self.spoilt, self.in_rupiah = frames, frozenset(spoilt), in_rupiah

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Return a table."""
        return self.frames[table]

    @cached_property
    def few(self) -> pd.Series[bool]:
        """Which populations are less than a hundredth of what is usual."""
        people = self["provinces"]["population"]
        return (people < people.median() / 100) & (people > 0) & (len(people) >= OTHERS)

    @cached_property
    def _people(self) -> pd.Series[float]:
        """Inhabitants by province.

        Where they seem to be given in thousands, thousands they are: one mistake is told once. More than all
        others together are not known.
        """
        provinces = self["provinces"]
        people = provinces["population"]
        meant = people.where(~(self.few | self.in_thousands), 1000 * people)
        return _by(provinces["province"], meant.where(~self.most & (people > 0)))

    @cached_property
    def most(self) -> pd.Series[bool]:
        """Which population is more than all others together."""
        people = self["provinces"]["population"]
        return (people > people.sum() - people) & (len(people) >= OTHERS)

    @cached_property
    def in_thousands(self) -> bool:
        """Return whether all populations seem to be in thousands.

        Of most goods a hundred times the need is produced, and there is stock for more than a year.
        """
        need, made, stocks = self["need"], self["production"], self["stocks"]
        people = _by(self["provinces"]["province"], self["provinces"]["population"])
        if len(people) < OTHERS:
            return False
        tonnes = need["kg_per_capita"] / 1000 * need["province"].map(people)
        eaten = tonnes.groupby(need["commodity"]).sum()
        harvests = made.groupby("commodity")["tonnes"].sum() / eaten
        years = stocks.groupby("commodity")["opening_t"].sum() / eaten
        return bool(harvests.median() > 100 and years.median() > 1 and harvests.count() >= 3)

    @cached_property
    def flow(self) -> pd.Series[float]:
        """Need and harvest together of each province and commodity, t; NaN where the need is not known."""
        harvest = self["production"].groupby(["province", "commodity"])["tonnes"].sum(skipna=False)
        flow = self.need.add(harvest, fill_value=0)
        flow[self.need.index[self.need.isna()]] = np.nan
        return flow

    def people_of(self, table: str) -> pd.Series[float]:
        """Return the inhabitants of the province of each row; NaN, above which nothing lies, if unknown."""
        return self[table]["province"].map(self._people)

    @cached_property
    def person(self) -> pd.Series[float]:
        """What a person eats in a year by row of need, kg."""
        need = self["need"]
        return need["kg_per_capita"].fillna(need["tonnes"] / self.people_of("need") * 1000)

    @cached_property
    def usual_person(self) -> pd.Series[float]:
        """The median of the same over the provinces; NaN where these are few, or the use is not food."""
        need = self["need"]
        group = self.person.groupby([need["commodity"], need["use"], need["period"]])
        enough = (group.transform("count") >= OTHERS) & (need["use"] == "food")
        return group.transform("median").where(enough)

    @cached_property
    def need(self) -> pd.Series[float]:
        """Need of each province and commodity, all its rows together; odd rows count as usual, t."""
        need, person, usual = self["need"], self.person, self.usual_person
        sure = person.where(usual.isna() | person.between(usual / 3, 3 * usual), usual)
        tonnes = (sure / 1000 * self.people_of("need")).fillna(need["tonnes"])
        return tonnes.groupby([need["province"], need["commodity"]]).sum(skipna=False)

    @cached_property
    def nation(self) -> pd.Series[float]:
        """Need of the nation by commodity, t."""
        return self.need.groupby("commodity").sum(skipna=False)

    @cached_property
    def available(self) -> pd.Series[float]:
        """What the nation has in a year by commodity: production, opening stock and imports, t.

        Figures that are odd by themselves count only as far as they may be true.
        """
        made, stocks, imports = self["production"], self["stocks"], self["imports"]
        tables = ("production", "stocks", "imports")
        most = {name: self[name]["commodity"].map(self.nation) for name in tables}
        parts = [
            (made["tonnes"].clip(upper=most["production"]) * (1 - made["loss"]), made),
            (stocks["opening_t"].clip(upper=most["stocks"] / OTHERS), stocks),
            (imports["max_tonnes"].clip(upper=most["imports"]), imports),
        ]
        sums = [tonnes.groupby(frame["commodity"]).sum() for tonnes, frame in parts]
        return pd.concat(sums).groupby(level=0).sum()

    @cached_property
    def whole_years(self) -> list[str]:
        """The commodities needed in many provinces and counted by calendar years alone."""
        many = self["need"].groupby("commodity")["province"].nunique() >= OTHERS
        return [str(name) for name in many.index[many] if name not in self.dated]

    @cached_property
    def unbalanced(self) -> frozenset[str]:
        """The goods of which the nation has two and a half times what it needs, or the other way round.

        Rows of such a good are not held against its need: that may be what is wrong.
        """
        need, have = self.nation, self.available.reindex(self.nation.index)
        odd = need.index[(have > 2.5 * need) | (need > 2.5 * have)]
        return frozenset(odd.intersection(self.whole_years))

    def need_of(self, table: str) -> pd.Series[float]:
        """Return the need of the province and commodity of each row, t."""
        keys = pd.MultiIndex.from_frame(self[table][["province", "commodity"]])
        return pd.Series(self.need.reindex(keys).to_numpy(float), self[table].index)

    @cached_property
    def dated(self) -> frozenset[str]:
        """Commodities whose need or production is counted by periods: not comparable with a year."""
        tables = (self["need"], self["production"])
        return frozenset(name for t in tables for name in t.loc[t["period"] != "", "commodity"])

    @cached_property
    def stock_share(self) -> pd.Series[float]:
        """Opening stock as a share of a year's need, by row of stocks."""
        share = self["stocks"]["opening_t"] / self.need_of("stocks")
        return share.where(~self["stocks"]["commodity"].isin(self.dated) & np.isfinite(share))

    @cached_property
    def doubted(self) -> pd.Series[float]:
        """Provinces whose population does not fit their stocks, with what would fit.

        Where need is given for a person, stocks of all goods at once are a tenth of the usual days of
        need, or ten times as many, it is the population that slipped.
        """
        stocks, goods = self["stocks"], self["need"]["kg_per_capita"].notna()
        whole = set(self["need"].loc[goods, "commodity"])
        share = self.stock_share.where(stocks["commodity"].isin(whole))
        usual = share.groupby(stocks["commodity"]).transform("median")
        enough = share.groupby(stocks["commodity"]).transform("count") >= OTHERS
        ratio = (share / usual).where(enough & (share > 0)).groupby(stocks["province"])
        middle = ratio.median()[ratio.count() >= 3]
        odd = middle[(middle > _MOVED) | (middle < 1 / _MOVED)]
        return odd * self._people.reindex(odd.index)

    @cached_property
    def price(self) -> pd.Series[float]:
        """Median price of each commodity, IDR/kg."""
        prices = self["prices"]
        return prices.groupby("commodity")["idr_per_kg"].median()

    def of_province(self, codes: pd.Series[str], column: str) -> pd.Series[float]:
        """Return a figure of the province of each code."""
        return codes.map(_by(self["provinces"]["province"], self["provinces"][column]))

    @cached_property
    def far_off(self) -> pd.Series[bool]:
        """Which ports are far from the capital of their province."""
        ports = self["ports"]
        home = [self.of_province(ports["province"], place) for place in ("lat", "lon")]
        return pd.Series(
            great_circle_km(*home, ports["lat"], ports["lon"]) > FAR, index=ports.index
        )

    @cached_property
    def lengths(self) -> dict[str, pd.Series[float]]:
        """Length of each arc in terms of the straight line, by column of distance."""
        return {column: _detour_ratio(self, column) for column in ("distance_km", "distance_nm")}

    @cached_property
    def misplaced(self) -> dict[str, set[str]]:
        """Provinces, and ports, several of whose ways are shorter than the straight line."""
        return {column: _misplaced_points(self, column) for column in self.lengths}

    def of_port(self, codes: pd.Series[str], column: str) -> pd.Series[float]:
        """Return a figure of the port of each code."""
        return codes.map(_by(self["ports"]["port"], self["ports"][column]))


def _by(codes: pd.Series[str], values: pd.Series[float]) -> pd.Series[float]:
    first = ~codes.duplicated()
    return pd.Series(values[first].to_numpy(), codes[first].to_numpy())


def _detour_ratio(view: View, column: str) -> pd.Series[float]:
    """Return the length of each arc in terms of the straight line; NaN where it is not known.

    Where the freight is given, a distance only informs: that of a ferry may leave out the road.
    """
    arcs = view["arcs"]
    rated = arcs[arcs["idr_per_t"].isna() & (arcs[column] > 0)]
    if column == "distance_km":
        ends = [view.of_province(rated[end], place) for end, place in _ENDS]
        km = rated[column]
    else:
        ends = [view.of_port(rated[f"{end}_port"], place) for end, place in _ENDS]
        km = rated[column] * KM_PER_NM
    with np.errstate(divide="ignore"):
        return (km / great_circle_km(*ends)).reindex(arcs.index)


def _misplaced_points(view: View, column: str) -> set[str]:
    """Return the ports, or provinces, of which several ways are shorter than the straight line.

    Not the lengths are wrong there but the place itself. The worst is named first, and its ways are then left
    out: they do not speak against their other ends.
    """
    arcs, ratio = view["arcs"], view.lengths[column]
    part = "" if column == "distance_km" else "_port"
    known = ratio.notna().to_numpy()
    short = (ratio[known] < 0.9).to_numpy()
    ends = [arcs.loc[known, f"{end}{part}"].to_numpy(object) for end in ("origin", "destination")]
    found: set[str] = set()
    while short.any():
        there = pd.Series(np.concatenate([short, short])).groupby(np.concatenate(ends))
        count = there.agg(["sum", "mean"]).sort_values("mean")
        worst = count.iloc[-1]
        if worst["sum"] < 4 or worst["mean"] < 0.1:
            break
        found.add(str(count.index[-1]))
        rest = (ends[0] != count.index[-1]) & (ends[1] != count.index[-1])
        short, ends = short[rest], [end[rest] for end in ends]
    return found
