"""The facts of a run: what is short where, what moves, what it costs, what it rests on."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import Any

import numpy as np

from planner.analysis.assumption_shares import assumption_shares
from planner.given import require_kind
from planner.runs import FORMAT, UNITS
from planner.schema.settings import Head
from planner.solution import Solution
from planner.solution.solution import LEAST_TONNES
from planner.solution.tables.price_table import last_tonne
from planner.solution.tables.processing_table import tonnes_made
from planner.solving.canonical import near_ties
from planner.version import __version__


def run_facts(solution: Solution) -> dict[str, Any]:
    """Return the facts of `summary.json`.

    Returns
    -------
    Plain numbers, texts and nested mappings; tonnes, money of the scenario's currency, fractions and seconds.
    """
    require_kind(solution, Solution, "planner.analysis.run_facts")
    flows, costs = solution.flows(), solution.costs()
    need, unmet = solution.balance.need.sum(), solution.cube("unmet")
    money = costs.loc[~costs["part"].str.startswith("penalty_")]
    head = solution.scenario.settings.scenario
    return {
        "format": FORMAT,
        "units": {**UNITS, "money": head.currency},
        "scenario": solution.scenario.name,
        "title": solution.scenario.settings.scenario.title.model_dump(),
        "status": solution.outcome,
        "solver": solution.solver,
        "algorithm": solution.algorithm,
        "periods": list(solution.balance.periods),
        "cost_idr": _money(solution.money_idr, head),
        "money_idr": _money(solution.money_idr, head),
        "cost_by_part_idr": _rounded(money.groupby("part")["idr"].sum(), head.money_decimals),
        "tonnes_moved": round(flows["tonnes"].sum(), 3),
        "tonnes_by_mode": _rounded(flows.groupby("mode")["tonnes"].sum()),
        "need_t": round(need, 3),
        "unmet_t": _by_commodity(solution, unmet.sum(axis=(0, 2))),
        "coverage": round(1 - unmet.sum() / need, 6) if need else 1.0,
        "unused_t": _by_commodity(
            solution, (solution.balance.produced - solution.cube("supplied")).sum(axis=(0, 2))
        ),
        "used_t": _by_commodity(solution, solution.cube("processed").sum(axis=(0, 2))),
        "made_t": _by_commodity(solution, tonnes_made(solution).sum(axis=(0, 2))),
        "discarded_t": _by_commodity(solution, solution.cube("discarded").sum(axis=(0, 2))),
        "reserve_gap_t": _by_commodity(solution, _gap(solution, "reserve_gap")),
        "closing_gap_t": _by_commodity(solution, _gap(solution, "closing_gap")),
        "least_unmet": _least_unmet(solution),
        "closed_lanes": len(solution.network.closed_arc),
        "certificate": _certificate(solution),
        "near_ties": near_ties(solution.reduced_costs),
        "rules": _rules(solution),
        "stages": [{"stage": stage.stage, **stage.facts()} for stage in solution.stages],
        "freight_band": solution.scenario.settings.policy.freight,
        "evidence_assumed": {
            name: round(share, 4) for name, share in assumption_shares(solution).items()
        },
        "size": {
            "columns": len(solution.values),
            "columns_entered": solution.entered,
            "rows": len(solution.duals),
        },
        "seconds": {phase: round(seconds, 3) for phase, seconds in solution.seconds.items()},
        "versions": _versions(),
        "input_digest": solution.scenario.digest(),
    }


def _certificate(solution: Solution) -> dict[str, float]:
    """Return the proof that no plan is cheaper: t, IDR/t, a fraction; the two sums hold penalties and are no money."""
    proof = solution.certificate
    return {
        "breach_t": round(proof.breach, 6),
        "dual_breach_idr_per_t": round(proof.dual_breach, 6),
        "sum_with_penalties": round(proof.cost),
        "lower_bound_with_penalties": round(proof.bound),
        "gap": round(proof.gap, 12),
    }


def _least_unmet(solution: Solution) -> dict[str, float]:
    """Return what is known of the least need unmet, each tonne times its weight; nothing where all need is met."""
    covered = solution.covered
    if covered is None:
        return {}
    facts = {"least_weighted_t": round(covered.least, 6), "binds": covered.binds}
    if covered.binds:
        facts["last_tonne_idr"] = _money(last_tonne(solution), solution.scenario.settings.scenario)
    return facts


def _rules(solution: Solution) -> dict[str, dict[str, Any]]:
    """Return by how much the rows of each rule miss its bound, and the most that loosening one saves."""
    return {
        str(rule): {
            "too_little": round(rows["too_little"].sum(), 3),
            "too_much": round(rows["too_much"].sum(), 3),
            "missed_unit": rows["missed_unit"].iloc[0],
            "congestion_rent": _money(
                rows["congestion_rent"].fillna(0).max(), solution.scenario.settings.scenario
            ),
            "feeds_t_per_unit": round(rows["feeds_t_per_unit"].max(), 6),
            "unit": rows["unit"].iloc[0],
        }
        for rule, rows in solution.rules().groupby("rule", sort=False)
    }


def _gap(solution: Solution, name: str) -> Any:
    gap = np.zeros(len(solution.balance.commodities))
    np.add.at(gap, solution.column(name).index["commodity"], solution.value(name))
    return gap


def _by_commodity(solution: Solution, values: Any) -> dict[str, float]:
    """Name what is above nothing."""
    pairs = zip(solution.balance.commodities, values.tolist(), strict=True)
    return {commodity: round(value, 3) for commodity, value in pairs if value >= LEAST_TONNES}


def _rounded(values: Any, digits: int = 3) -> dict[str, float]:
    return {str(name): round(value, digits) or 0 for name, value in values.items()}


def _money(value: float, head: Head) -> float:
    """Round an amount as files write it: rupiah are whole numbers."""
    return round(value, head.money_decimals or None)


def _versions() -> dict[str, str]:
    packages = ("pulp", "highspy", "numpy", "pandas", "scipy", "matplotlib")
    ours = {"python": platform.python_version(), "planner": __version__}
    return ours | {name: version(name) for name in packages}
