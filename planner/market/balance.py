"""The balance (neraca) of every province, before any optimisation.

need[p,k,t]   = tonnes given, or population * kg_per_capita / 1000 * share_of_year[t]
available     = production net of post-harvest loss + imports allowed
closing       = max(0, opening + available - need)
shortage      = max(0, need - opening - available)          carried from period to period
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.arrays import Floats, positions
from planner.given import require_kind
from planner.scenario import Scenario
from planner.scenario.closed_prices import NEVER
from planner.scenario.expand_periods import SHARE


@dataclass(frozen=True, slots=True)
class Balance:
    """What each province has and needs, in tonnes; arrays are (province, commodity, period).

    Parameters
    ----------
    provinces, commodities, periods
        Labels of the axes.
    produced
        Production net of post-harvest loss.
    importable
        Most that may be imported through the ports of the province.
    need
        Need of all uses.
    opening, closing_target, reserve, local_share
        Stocks by (province, commodity): at the start, wanted at the end, wanted always, and the share
        of the opening stock that sits in households.
    days
        Mean days of a period.
    """

    provinces: list[str]
    commodities: list[str]
    periods: tuple[str, ...]
    produced: Floats
    importable: Floats
    need: Floats
    opening: Floats
    closing_target: Floats
    reserve: Floats
    local_share: Floats
    days: float

    @property
    def closing(self) -> Floats:
        """Stock at the end of each period if nothing moves between provinces, in tonnes."""
        return np.maximum(self._carried, 0.0)

    @property
    def shortage(self) -> Floats:
        """Need that a province cannot meet from its own supply and stock, in tonnes a period."""
        before = np.concatenate([self.opening[:, :, None], self.closing[:, :, :-1]], axis=2)
        short: Floats = np.maximum(self.need - before - self.produced - self.importable, 0.0)
        return short

    @property
    def surplus(self) -> Floats:
        """Stock above the reserve that is not needed later in the horizon, in tonnes.

        The least stock of this and all later periods: a tonne carried to the end counts in every
        period in which it could leave.
        """
        spare = np.maximum(self.closing - self.reserve[:, :, None], 0.0)
        return np.minimum.accumulate(spare[:, :, ::-1], axis=2)[:, :, ::-1]

    @property
    def _carried(self) -> Floats:
        carried = np.empty_like(self.need)
        stock = self.opening
        for t in range(len(self.periods)):
            carried[:, :, t] = (
                stock + self.produced[:, :, t] + self.importable[:, :, t] - self.need[:, :, t]
            )
            stock = np.maximum(carried[:, :, t], 0.0)
        return carried

    def table(self) -> pd.DataFrame:
        """Return one row for each province, commodity and period: `balance.csv`."""
        closing = self.closing
        before = np.concatenate([self.opening[:, :, None], closing[:, :, :-1]], axis=2)
        daily = self.need / self.days
        cover = np.divide(closing, daily, out=np.full_like(closing, np.nan), where=daily > 0)
        columns = {
            "opening_stock": before,
            "production": self.produced,
            "imported": self.importable,
            "need": self.need,
            "reserve": np.broadcast_to(self.reserve[:, :, None], self.need.shape),
            "closing": closing,
            "surplus": self.surplus,
            "shortage": self.shortage,
            "days_of_cover": cover,
        }
        axes = [self.provinces, self.commodities, self.periods]
        index = pd.MultiIndex.from_product(axes, names=["province", "commodity", "period"])
        data = {name: values.ravel() for name, values in columns.items()}
        frame = pd.DataFrame(data, index=index).reset_index()
        return frame.sort_values(["province", "commodity", "period"], ignore_index=True)

    def totals(self) -> pd.DataFrame:
        """Return one row for each province and commodity over the whole horizon.

        Surplus and shortage come from the totals of the horizon, not from sums of periods: a tonne
        carried through twelve months is not counted twelve times.
        """
        produced, imported, need = (
            a.sum(axis=2) for a in (self.produced, self.importable, self.need)
        )
        left = self.opening + produced + imported - need
        index = pd.MultiIndex.from_product(
            [self.provinces, self.commodities], names=["province", "commodity"]
        )
        data = {
            "opening_stock": self.opening,
            "production": produced,
            "imported": imported,
            "need": need,
            "reserve": self.reserve,
            "surplus": np.maximum(left - self.reserve, 0.0),
            "shortage": np.maximum(-left, 0.0),
        }
        frame = pd.DataFrame({n: a.ravel() for n, a in data.items()}, index=index).reset_index()
        frame.insert(2, "period", f"{self.periods[0]}/{self.periods[-1]}")
        return frame

    def __repr__(self) -> str:
        size = f"{len(self.provinces)} provinces, {len(self.commodities)} commodities"
        return f"<Balance: {size}, {len(self.periods)} periods>"


def compute_balance(scenario: Scenario) -> Balance:
    """Compute the balance of a scenario.

    Returns
    -------
    Balance
        Arrays over all provinces, commodities and periods of the scenario, in tonnes.

    Raises
    ------
    OptionError
        If this is no scenario.

    Examples
    --------
    >>> import planner
    >>> balance = planner.compute_balance(planner.read_scenario("scenarios/dua-pulau"))
    >>> balance.totals()[["province", "commodity", "surplus", "shortage"]]
      province commodity  surplus  shortage
    0       01     beras     80.0       0.0
    1       02     beras      0.0      60.0
    """
    require_kind(scenario, Scenario, "planner.compute_balance")
    axes = _Axes(scenario)
    tables = scenario.tables
    production, need, stocks = tables["production"], tables["need"], tables["stocks"]
    imports = tables["imports"].assign(
        province=_province_of_port(scenario, tables["imports"]["port"])
    )
    let_in = imports["max_tonnes"].where(imports["idr_per_t"] <= NEVER, 0.0)
    opening = axes.flat(stocks, stocks["opening_t"])
    closing = {
        "opening": opening,
        "free": np.zeros_like(opening),
        "closing_t": axes.flat(stocks, stocks["closing_t"]),
    }
    return Balance(
        provinces=scenario.provinces,
        commodities=scenario.commodities,
        periods=scenario.horizon.labels,
        produced=axes.cube(production, net_tonnes(scenario)),
        importable=axes.cube(imports, let_in),
        need=axes.cube(need, need_tonnes(scenario)),
        opening=opening,
        closing_target=closing[scenario.settings.policy.closing],
        reserve=axes.flat(stocks, stocks["reserve_t"]),
        local_share=axes.flat(stocks, stocks["local_share"]),
        days=scenario.horizon.days,
    )


def net_tonnes(scenario: Scenario) -> pd.Series[float]:
    """Return the tonnes of each row of production, net of post-harvest loss."""
    production = scenario.tables["production"]
    return production["tonnes"] * (1 - production["loss"])


def need_tonnes(scenario: Scenario) -> pd.Series[float]:
    """Return the tonnes of each row of need, those given a person worked out."""
    need, provinces = scenario.tables["need"], scenario.tables["provinces"]
    people = need["province"].map(provinces.set_index("province")["population"])
    return need["tonnes"].fillna(need["kg_per_capita"] / 1000 * people * need[SHARE])


def _province_of_port(scenario: Scenario, port: pd.Series[str]) -> pd.Series[str]:
    ports = scenario.tables["ports"]
    return port.map(dict(zip(ports["port"], ports["province"], strict=True)))


class _Axes:
    """Adds rows of tables up into arrays over the axes of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self._labels: dict[str, Sequence[str]] = {
            "province": scenario.provinces,
            "commodity": scenario.commodities,
            "period": scenario.horizon.labels,
        }

    def cube(self, frame: pd.DataFrame, values: pd.Series[float]) -> Floats:
        return self._sums(frame, values, ("province", "commodity", "period"))

    def flat(self, frame: pd.DataFrame, values: pd.Series[float]) -> Floats:
        return self._sums(frame, values, ("province", "commodity"))

    def _sums(self, frame: pd.DataFrame, values: pd.Series[float], axes: tuple[str, ...]) -> Floats:
        shape = tuple(len(self._labels[axis]) for axis in axes)
        places = [positions(self._labels[axis], frame[axis]) for axis in axes]
        cells = np.ravel_multi_index(tuple(places), shape)
        total = np.bincount(
            cells, weights=values.to_numpy(dtype=float), minlength=int(np.prod(shape))
        )
        return total.reshape(shape)
