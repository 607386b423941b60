"""The market of a scenario: its arrays in one hand, built once and kept with the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.arrays import Booleans, Floats, Integers, positions
from planner.market.axes import Axes, place_axes
from planner.market.balance import Balance, compute_balance
from planner.market.network import Network, build_network
from planner.market.recipes import Recipes, build_recipes
from planner.market.rules import RuleRows, build_rule_rows
from planner.scenario import Scenario
from planner.scenario.closed_prices import NEVER
from planner.scenario.spoilage import share_left


@dataclass(frozen=True, slots=True)
class Market:
    """Everything that the model and the tables of a plan are made from.

    Parameters
    ----------
    scenario
        The input.
    balance, network, recipes
        Supply, need and stocks; arcs and lanes; what can be made from what.
    purchase
        Price of what is supplied, IDR/t, by (province, commodity, period); 0 where none is given, infinite
        where it is too dear to be bought.
    import_port, import_province, import_commodity, import_period
        Positions of each import allowed.
    import_max, import_cost
        Most that may enter, t, and its cost on the quay, IDR/t.
    survival
        Share of a stock that is left after one period, by commodity.
    holding
        Cost of keeping a tonne for one period, IDR/t, by commodity.
    storable
        Which commodities may be stored: not those whose keeping is too dear.
    priority
        Weight of a missing tonne, by commodity.
    storage
        Room for stocks, t, by province; infinite where there is no limit.
    rules
        The rows of the table `rules`.
    """

    scenario: Scenario
    balance: Balance
    network: Network
    recipes: Recipes
    purchase: Floats
    import_port: Integers
    import_province: Integers
    import_commodity: Integers
    import_period: Integers
    import_max: Floats
    import_cost: Floats
    survival: Floats
    holding: Floats
    storable: Booleans
    priority: Floats
    storage: Floats
    rules: RuleRows

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of provinces, commodities and periods."""
        return self.balance.need.shape

    @property
    def periods(self) -> int:
        """Number of periods."""
        return self.shape[2]

    @property
    def oldest(self) -> int:
        """The oldest that goods become which spoil within the horizon, in ends of periods; 0 where none do."""
        keeps = self.network.keeps
        return int(keeps[np.isfinite(keeps)].max(initial=0))

    @property
    def axes(self) -> Axes:
        """Labels of the positions on each axis of the model."""
        balance, rules = self.balance, self.rules.index["rule"]
        places = balance.provinces, balance.commodities, balance.periods
        named = self.scenario.tables["rules"]["rule"].to_numpy(dtype=object)[rules]
        numbers = {"age": self.oldest + 1, "at_home": 2, "over": 2}
        return {
            **place_axes(*places, self.network),
            **{axis: {axis: np.arange(count)} for axis, count in numbers.items()},
            "recipe": {"recipe": pd.Categorical(self.recipes.names)},
            # rows of one rule stand in the order of the names of their cells
            "rule_row": {"rule": pd.Categorical(named), "cell": np.arange(len(named))},
        }

    @property
    def in_households(self) -> Booleans:
        """Where households hold opening stock, or what they can make of it: (province, commodity)."""
        held = self.balance.local_share * self.balance.opening > 0
        while (more := self.recipes.one_step(held)).sum() > held.sum():
            held = more
        return held


class InMarket:
    """What belongs to a market and is asked for its parts."""

    __slots__ = ()
    market: Market

    @property
    def scenario(self) -> Scenario:
        """The input."""
        return self.market.scenario

    @property
    def balance(self) -> Balance:
        """Supply, need and stocks."""
        return self.market.balance

    @property
    def network(self) -> Network:
        """Arcs and lanes."""
        return self.market.network


def build_market(
    scenario: Scenario, balance: Balance | None = None, network: Network | None = None
) -> Market:
    """Collect the arrays of the model from the tables of a scenario.

    Parameters
    ----------
    scenario
        The input.
    balance, network
        Those of the scenario, where they are known; else they are computed.

    Raises
    ------
    InputError
        If a rule counts nothing, or cannot count what it should.
    """
    balance = compute_balance(scenario) if balance is None else balance
    network = build_network(scenario) if network is None else network
    goods = scenario.tables["commodities"]
    imports = scenario.tables["imports"]
    ports = scenario.tables["ports"]
    port = positions(list(ports["port"]), imports["port"])
    home = positions(scenario.provinces, ports["province"])
    import_cost = imports["idr_per_t"].to_numpy(dtype=float)
    holding = goods["holding_idr_per_t"].to_numpy(dtype=float)
    storage = scenario.tables["storage"].set_index("province")["capacity_t"]
    return Market(
        scenario=scenario,
        balance=balance,
        network=network,
        recipes=build_recipes(scenario),
        purchase=_purchase(scenario, balance),
        import_port=port,
        import_province=home[port],
        import_commodity=positions(scenario.commodities, imports["commodity"]),
        import_period=positions(balance.periods, imports["period"]),
        import_max=np.where(import_cost > NEVER, 0.0, imports["max_tonnes"].to_numpy(dtype=float)),
        import_cost=np.where(import_cost > NEVER, 0.0, import_cost),
        survival=share_left(goods["decay_per_day"].to_numpy(dtype=float), balance.days),
        holding=np.where(holding > NEVER, 0.0, holding),
        storable=holding <= NEVER,
        priority=goods["priority"].to_numpy(dtype=float),
        storage=storage.reindex(scenario.provinces).fillna(np.inf).to_numpy(dtype=float),
        rules=build_rule_rows(scenario, network),
    )


def _purchase(scenario: Scenario, balance: Balance) -> Floats:
    """Return producer prices in IDR/t; retail and wholesale prices are not charged."""
    prices = scenario.tables["prices"]
    prices = prices.loc[prices["level"] == "producer"]
    charged = np.zeros(balance.need.shape)
    axes = (scenario.provinces, scenario.commodities, balance.periods)
    names = ("province", "commodity", "period")
    places = [positions(axis, prices[name]) for axis, name in zip(axes, names, strict=True)]
    charged[tuple(places)] = prices["idr_per_kg"].to_numpy(dtype=float) * 1000
    return np.where(charged > NEVER, np.inf, charged)
