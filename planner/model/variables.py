"""The columns of the model: what a plan decides, with bounds and costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Array, Booleans, Integers
from planner.model.inputs import Inputs
from planner.model.penalties import Penalties
from planner.model.program import Block, ProgramBuilder


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
        Dispatched on a lane in a period.
    processed
        Input used up by a recipe: once what is traded and, where households hold the input, once what
        they process at home.
    stock
        In store at the end of a period.
    discarded
        Opening stock given up because it can be neither eaten, kept nor sent, 0 .. opening.
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


def add_columns(program: ProgramBuilder, inputs: Inputs, penalties: Penalties) -> Columns:
    """Add all columns; costs in IDR/t make the objective.

    minimise  purchase * supplied + import cost * imported + freight * flow + holding * stock
              + fee * processed + unmet penalty * unmet + gap penalty * (reserve_gap + closing_gap)
              + discard penalty * discarded + penalty_idr * rule_gap
    """
    balance, network = inputs.balance, inputs.network
    gaps = inputs.rules.gaps
    supplied = _cells(balance.produced > 0)
    price = _at(inputs.purchase, supplied)
    bought = np.isfinite(price)
    lane, period = _each_period(np.arange(len(network.freight)), inputs.periods)
    processed = _processing(inputs)
    stored = _cells(np.broadcast_to(inputs.max_stock_periods[None, :, None] > 0, inputs.shape))
    left = _cells(np.broadcast_to(balance.opening[:, :, None] > 0, inputs.shape))
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
        ),
        imported=program.columns(
            "imported", imports, upper=inputs.import_max, cost=inputs.import_cost
        ),
        flow=program.columns("flow", {"lane": lane, "period": period}, cost=network.freight[lane]),
        processed=program.columns(
            "processed", processed, cost=inputs.recipes.fee[processed["recipe"]]
        ),
        stock=program.columns("stock", stored, cost=inputs.holding[stored["commodity"]]),
        discarded=program.columns(
            "discarded",
            left,
            upper=balance.opening[left["province"], left["commodity"]],
            cost=penalties.discarded,
        ),
        unmet=program.columns(
            "unmet",
            short,
            upper=_at(balance.need, short),
            cost=penalties.unmet[short["commodity"]],
            weight=penalties.weight[short["commodity"]],
        ),
        reserve_gap=program.columns(
            "reserve_gap",
            reserved,
            upper=balance.reserve[reserved["province"], reserved["commodity"]],
            cost=penalties.gap,
        ),
        closing_gap=program.columns(
            "closing_gap",
            closed,
            upper=_at(balance.closing_target, closed),
            cost=penalties.gap,
        ),
        rule_gap=program.columns(
            "rule_gap",
            {"row": gaps.row, "over": gaps.over},
            cost=gaps.cost,
            unit="unit of the rule",
        ),
    )


def _cells(mask: Booleans) -> dict[str, Integers]:
    names = ("province", "commodity", "period")[: mask.ndim]
    return dict(zip(names, np.nonzero(mask), strict=True))


def _at(values: Array, index: dict[str, Integers]) -> Array:
    return values[tuple(index.values())]


def _processing(inputs: Inputs) -> dict[str, Integers]:
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
