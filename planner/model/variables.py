"""The columns of the model: what a plan decides, with bounds and costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Array, Booleans, Floats, Integers
from planner.market.market import Market
from planner.model.penalties import Penalties
from planner.model.program import Block, ProgramBuilder, Role


@dataclass(frozen=True, slots=True)
class Columns:
    """The blocks of columns.

    Parameters
    ----------
    supplied
        Production sent or eaten, 0 .. production net of loss; what is left is unused.
    imported
        Entered from abroad, 0 .. most allowed.
    flow
        Dispatched on a lane in a period, at an age. Goods of age 0 come in in that period; those that were
        stored before are `rare`. Goods that keep to the end of the horizon have no age: theirs is 0.
    processed
        Input used up by a recipe: once what is traded and, where households hold the input, once what
        they process at home.
    stock
        In store at the end of a period, at the age that it has in the next one; goods without age at 0.
    discarded
        Stock given up because it can be neither eaten, kept nor sent. It stands where there is an opening
        stock, and where goods that spoil within the horizon are to lie in reserve or at the end, in every
        period: 0 .. the most of these three.
    unmet
        Need that is not met, 0 .. need.
    reserve_gap, closing_gap
        What is missing in a reserve, and in the stock wanted at the end.
    rule_gap
        By how much a soft rule misses its bound, in the unit of the rule.
    """

    supplied: Block
    imported: Block
    flow: Block
    processed: Block
    stock: Block
    discarded: Block
    unmet: Block
    reserve_gap: Block
    closing_gap: Block
    rule_gap: Block


def add_columns(program: ProgramBuilder, inputs: Market, penalties: Penalties) -> Columns:
    """Add all columns; costs in IDR/t make the objective.

    minimise  purchase * supplied + import cost * imported + freight * flow + holding * stock
              + fee * processed + unmet penalty * unmet + gap penalty * (reserve_gap + closing_gap)
              + discard penalty * discarded + penalty_idr * rule_gap

    flow and stock of goods with max_stock_periods up to T stand for each age (see age) and are added up elsewhere.
    discarded stands in every period, from 0 to the most of these three:  an opening stock;  and of goods with
    max_stock_periods up to T a reserve, and a stock wanted at the end. Elsewhere nothing is discarded.
    """
    balance, network = inputs.balance, inputs.network
    gaps = inputs.rules.gaps
    supplied = _cells(balance.produced > 0)
    flows, stored = _flows(inputs), _stored(inputs)
    price = _at(inputs.purchase, supplied)
    bought = np.isfinite(price)
    processed = _processing(inputs)
    given_up = _given_up(inputs)
    left = _cells(np.broadcast_to(given_up[:, :, None] > 0, inputs.shape))
    short = _cells(balance.need > 0)
    reserved = _cells(np.broadcast_to(balance.reserve[:, :, None] > 0, inputs.shape))
    closed = _cells(balance.closing_target > 0)
    imports = {
        "port": inputs.import_port,
        "province": inputs.import_province,
        "commodity": inputs.import_commodity,
        "period": inputs.import_period,
    }
    return Columns(
        supplied=program.columns(
            "supplied",
            supplied,
            upper=np.where(bought, _at(balance.produced, supplied), 0.0),
            cost=np.where(bought, price, 0.0),
            part="purchase",
        ),
        imported=program.columns(
            "imported",
            imports,
            upper=inputs.import_max,
            cost=inputs.import_cost,
            part="import",
        ),
        flow=program.columns(
            "flow",
            flows,
            cost=network.freight[flows["lane"]],
            rare=flows["age"] > 0,
            part="freight",
        ),
        processed=program.columns(
            "processed",
            processed,
            cost=inputs.recipes.fee[processed["recipe"]],
            part="processing",
        ),
        stock=program.columns(
            "stock", stored, cost=inputs.holding[stored["commodity"]], part="holding"
        ),
        discarded=program.columns(
            "discarded",
            left,
            upper=given_up[left["province"], left["commodity"]],
            cost=penalties.discarded,
            role=Role.DISCARDED,
            part="penalty_discarded",
        ),
        unmet=program.columns(
            "unmet",
            short,
            upper=_at(balance.need, short),
            cost=penalties.unmet[short["commodity"]],
            weight=penalties.weight[short["commodity"]],
            role=Role.UNMET,
            part="penalty_unmet",
        ),
        reserve_gap=program.columns(
            "reserve_gap",
            reserved,
            upper=balance.reserve[reserved["province"], reserved["commodity"]],
            cost=penalties.gap,
            role=Role.STOCK_GAP,
            part="penalty_reserve",
        ),
        closing_gap=program.columns(
            "closing_gap",
            closed,
            upper=_at(balance.closing_target, closed),
            cost=penalties.gap,
            role=Role.STOCK_GAP,
            part="penalty_closing",
        ),
        rule_gap=program.columns(
            "rule_gap",
            {"rule_row": gaps.row, "over": gaps.over},
            cost=gaps.cost,
            role=Role.SOFT,
            part="penalty_rule",
            unit="unit of the rule",
        ),
    )


def _flows(inputs: Market) -> dict[str, Integers]:
    """Index what may be dispatched: first all of age 0, then what was stored and may still arrive in time."""
    network = inputs.network
    lane, period = _each_period(np.arange(len(network.freight)), inputs.periods)
    keeps = network.keeps[network.lane_commodity[lane]]
    ages = [np.zeros_like(lane)]
    for age in range(1, inputs.oldest + 1):
        fit = np.isfinite(keeps) & (age + network.lag[lane] <= keeps) & (age <= period + 1)
        ages.append(np.where(fit, age, -1))
    return _of_ages({"lane": lane, "period": period}, ages)


def _stored(inputs: Market) -> dict[str, Integers]:
    """Index what may lie in store: goods that spoil at each age they can have and see in the next period."""
    keeps = inputs.network.keeps
    stored = inputs.storable & (keeps > 0)
    cells = _cells(np.broadcast_to(stored[None, :, None], inputs.shape))
    life, period = keeps[cells["commodity"]], cells["period"]
    ages = [np.where(np.isfinite(life), -1, 0)]
    for age in range(1, inputs.oldest + 1):
        fit = np.isfinite(life) & (age <= life) & (age <= period + 2)
        ages.append(np.where(fit, age, -1))
    return _of_ages(cells, ages)


def _of_ages(index: dict[str, Integers], ages: Sequence[Integers]) -> dict[str, Integers]:
    """Repeat an index for each age that is not -1, age by age."""
    there = [np.flatnonzero(age >= 0) for age in ages]
    chosen = np.concatenate(there)
    age = np.concatenate([age[here] for age, here in zip(ages, there, strict=True)])
    return {**{axis: places[chosen] for axis, places in index.items()}, "age": age}


def _given_up(inputs: Market) -> Floats:
    """Return the most that may be discarded in a period, t, by province and commodity."""
    balance = inputs.balance
    spoils = np.isfinite(inputs.network.keeps)
    asked = np.maximum(balance.reserve, balance.closing_target)
    return np.maximum(balance.opening, np.where(spoils, asked, 0.0))


def _cells(mask: Booleans) -> dict[str, Integers]:
    names = ("province", "commodity", "period")[: mask.ndim]
    return dict(zip(names, np.nonzero(mask), strict=True))


def _at(values: Array, index: dict[str, Integers]) -> Array:
    return values[tuple(index.values())]


def _processing(inputs: Market) -> dict[str, Integers]:
    """Index what recipes use up: all that is traded, then all that households process themselves."""
    recipes = inputs.recipes
    everyone = np.arange(len(recipes.fee))
    households = np.flatnonzero(inputs.in_households[recipes.province, recipes.input])
    recipe, period = _each_period(np.append(everyone, households), inputs.periods)
    return {
        "recipe": recipe,
        "province": recipes.province[recipe],
        "commodity": recipes.input[recipe],
        "output": recipes.output[recipe],
        "period": period,
        "at_home": np.repeat(
            [0, 1], [len(everyone) * inputs.periods, len(households) * inputs.periods]
        ),
    }


def _each_period(entries: Integers, periods: int) -> tuple[Integers, Integers]:
    return np.repeat(entries, periods), np.tile(np.arange(periods), len(entries))
