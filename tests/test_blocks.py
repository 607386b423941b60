"""Blocks tell their role, their part of the cost and their labels: a new family cannot be forgotten."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

import planner
from planner import Scenario, Solution
from planner.i18n import keys
from planner.market.market import Market, build_market
from planner.model import PENALTIES, Block, Program, Role, formulate
from planner.model.constraints.terms import LimitRows
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns
from planner.solving import what_if

LEAST_CARGO = 50.0
PENALTY = 1e6


def least_cargo(program: ProgramBuilder, market: Market, columns: Columns) -> None:
    """A family that nobody else knows: a soft floor under the cargo of each arc and period."""
    arcs = len(market.network.origin)
    rows = LimitRows.over("arc", np.full(arcs, LEAST_CARGO), market.periods)
    gap = program.columns(
        "cargo_gap", rows.index, cost=PENALTY, role=Role.SOFT, part="penalty_cargo"
    )
    flow = columns.flow
    carried = rows.term(market.network.lane_arc[flow.index["lane"]], flow.index["period"], flow.ids)
    own = np.arange(gap.size), gap.ids, 1.0
    program.rows("least_cargo", rows.index, [carried, own], lower=rows.limit, role=Role.GIVEN)


@pytest.fixture(scope="module")
def with_family() -> Iterator[None]:
    """Add the family to the model, as a line in its table of contents would."""
    room = importlib.import_module("planner.model.formulation")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "FAMILIES", (*room.FAMILIES, least_cargo))
        yield


@pytest.fixture(scope="module")
def program(three_months: Scenario, with_family: None) -> Program:
    return formulate(build_market(three_months))


@pytest.fixture(scope="module")
def plan(three_months: Scenario, with_family: None) -> Solution:
    return planner.solve(three_months)


def in_order(block: Block) -> pd.DataFrame:
    """Return what the columns of a block stand for, by their rank."""
    return pd.DataFrame(
        {
            f"{axis} {name}": np.asarray(labels)[places[block.order]]
            for axis, places in block.index.items()
            for name, labels in block.axes[axis].items()
        }
    )


def test_every_block_of_columns_is_a_part_of_the_cost(program: Program) -> None:
    assert [block.name for block in program.columns.values() if not block.part] == []


def test_what_nobody_pays_is_called_a_penalty(program: Program) -> None:
    called = {b.name for b in program.columns.values() if b.part.startswith("penalty_")}
    assert called == {block.name for block in program.having(*PENALTIES)}


def test_the_parts_are_the_objective_to_a_millionth(plan: Solution) -> None:
    assert plan.costs()["idr"].sum() == pytest.approx(plan.objective, rel=1e-6, abs=0)


def test_the_parts_are_the_objective_after_a_what_if(plan: Solution) -> None:
    model = what_if(plan)
    model.change_freight(2.0)
    dearer = model.solution()
    assert dearer.costs()["idr"].sum() == pytest.approx(dearer.objective, rel=1e-6, abs=0)


def test_a_new_family_stands_in_the_costs(plan: Solution) -> None:
    missed = plan.value("cargo_gap").sum()
    costs = plan.costs().groupby("part")["idr"].sum()
    assert missed > 0
    assert costs["penalty_cargo"] == pytest.approx(PENALTY * missed)


def test_a_new_penalty_is_no_money(plan: Solution) -> None:
    costs = plan.costs()
    money = costs.loc[~costs["part"].str.startswith("penalty_"), "idr"].sum()
    assert plan.money_idr == pytest.approx(money, rel=1e-9)


def test_ranks_do_not_hang_on_the_order_of_rows(program: Program, three_months: Scenario) -> None:
    """All tables are turned round, and the columns keep their order by what they stand for."""
    turned = three_months.replace(
        **{name: frame[::-1].reset_index(drop=True) for name, frame in three_months.tables.items()}
    )
    other = formulate(build_market(turned))
    for name, block in program.columns.items():
        assert block.size > 0, name
        pd.testing.assert_frame_equal(in_order(block), in_order(other.columns[name]))


def test_ranks_are_the_places_in_that_order(program: Program) -> None:
    ranks = program.ranks()
    assert sorted(ranks) == list(range(len(program.cost)))
    block = program.columns["cargo_gap"]
    assert ranks[block.start + block.order].tolist() == block.ids.tolist()


def test_an_axis_of_which_nothing_is_known_has_no_order() -> None:
    builder = ProgramBuilder()
    block = builder.columns("x", {"village": np.arange(2)})
    with pytest.raises(LookupError, match="village"):
        _ = block.order


def test_a_cost_that_is_no_part_is_refused() -> None:
    with pytest.raises(ValueError, match="name the part"):
        ProgramBuilder().columns("x", {"village": np.arange(2)}, cost=1.0)


def test_each_loss_in_tonnes_has_its_sentence(program: Program) -> None:
    blocks = program.having(*PENALTIES - {Role.SOFT})
    assert {f"why.loss_{block.name}" for block in blocks} - set(keys()) == set()


TABLES = ["flows", "nodes", "coverage", "prices", "capacities", "rules", "costs", "processing"]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_changed_by_its_reader_is_whole_for_the_next(plan: Solution, table: str) -> None:
    before = getattr(plan, table)()
    spoilt = getattr(plan, table)()
    spoilt.iloc[:, -1] = spoilt.iloc[0, -1]
    spoilt["more"] = 1
    spoilt.loc[:, spoilt.columns[0]] = "nowhere"
    pd.testing.assert_frame_equal(getattr(plan, table)(), before)


def test_the_market_is_kept_with_the_plan(plan: Solution, three_months: Scenario) -> None:
    assert plan.scenario is three_months
    assert plan.market.network is plan.network
    assert plan.market.balance is plan.balance
