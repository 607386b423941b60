"""A market full of ties, and the ways in which a solver may come upon one of its many cheapest plans."""

from __future__ import annotations

import importlib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import planner
from planner import Scenario, Solution
from planner.market.network import build_network
from planner.model import Program
from planner.solving.canonical import with_basis
from planner.solving.result import SolverResult

STEP = 1e5
"""IDR/t to which freight and holding cost are rounded."""
KEY = ["origin", "destination", "mode", "service", "commodity", "period"]


def full_of_ties(scenario: Scenario) -> Scenario:
    """Round every freight and holding cost, and lose nothing on the way or in store."""
    network = build_network(scenario)
    rate = pd.Series(network.freight - network.handling).groupby(network.lane_arc).mean()
    rounded = (rate / STEP).round() * STEP
    arcs = scenario.tables["arcs"]
    goods = scenario.tables["commodities"]
    holding = (goods["holding_idr_per_t"] / STEP).round() * STEP
    return scenario.replace(
        arcs=arcs.assign(idr_per_t=rounded.reindex(arcs.index), loss=0.0, transit_days=0.0),
        commodities=goods.assign(holding_idr_per_t=holding, decay_per_day=0.0),
    )


def shuffled(scenario: Scenario, seed: int = 1) -> Scenario:
    """Put the rows of every table in another order."""
    generator = np.random.default_rng(seed)
    return scenario.replace(
        **{
            name: frame.iloc[generator.permutation(len(frame))].reset_index(drop=True)
            for name, frame in scenario.tables.items()
        }
    )


def as_the_solver_left_it(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario, solver: str, algorithm: str
) -> Solution:
    """Solve without the choice among equals, and without a proof: CBC prints seven digits of a dual."""
    room = importlib.import_module("planner.solving.solve")
    monkeypatch.setattr(room, "canonicalize", _with_a_basis)
    monkeypatch.setattr(room, "require", lambda _certificate, _solver: None)
    return planner.solve(scenario, solver=solver, algorithm=algorithm)


def _with_a_basis(program: Program, found: SolverResult) -> SolverResult:
    """Let prices be taken apart, and the plan as it is."""
    return replace(found, basis=with_basis(program, found).basis)


def most_apart(one: Solution, other: Solution) -> float:
    """Return the largest difference of any flow, t."""
    flows = [solution.flows().set_index(KEY)["tonnes"] for solution in (one, other)]
    return float(flows[0].sub(flows[1], fill_value=0.0).abs().max())
