"""The facts that every brief has: what is planned, what moves, what it costs, what it rests on."""

from __future__ import annotations

from planner.brief.facts import Facts
from planner.brief.run_cells import setting, summary, table
from planner.runs import Run

LANE = ["origin", "destination", "mode", "service", "commodity"]
"""What makes a lane one row of the table of shipments."""


def add_common_facts(facts: Facts, run: Run) -> list[str]:
    """Add them.

    Parameters
    ----------
    facts
        Where they are kept.
    run
        What they are of.

    Returns
    -------
    The modes that carry something and whose freight has a band.
    """
    _scope(facts, run)
    _result(facts, run)
    _proof(facts)
    return _modes(facts, run)


def _scope(facts: Facts, run: Run) -> None:
    facts.add("title", "text", setting(f"/scenario/title/{facts.language}"))
    facts.add("data_date", "date", setting("/scenario/data_date"))
    for name, period in (("first", 0), ("last", len(run.facts["periods"]) - 1)):
        facts.add(name, "month", summary(f"/periods/{period}"))
    for name, key in (
        ("provinces", "province"),
        ("commodities", "commodity"),
        ("sources", "source"),
    ):
        facts.add(f"{name}_count", "count", table(f"inputs/{name}", key, how="count"))
    assumed = table("inputs/sources", "source", how="count", kind="assumption")
    facts.add("assumptions_count", "count", assumed)


def _result(facts: Facts, run: Run) -> None:
    facts.add("cost", "rupiah", summary("/cost_idr"))
    facts.add("moved", "tonnes", summary("/tonnes_moved"))
    facts.add("need", "tonnes", summary("/need_t"))
    facts.add("coverage", "share", summary("/coverage"))
    if run.tables["coverage"]["served_t"].sum() > 0:
        served = table("coverage", "served_t")
        facts.add("cost_per_kg", "per_kg", summary("/cost_idr"), per=served)
    facts.add("unmet", "tonnes", table("coverage", "unmet_t"))
    facts.add("lanes_count", "count", table("flows", *LANE, how="count"))
    for part in run.facts["cost_by_part_idr"]:
        facts.add(f"cost_{part}", "rupiah", summary(f"/cost_by_part_idr/{part}"))
    for name in run.facts["evidence_assumed"]:
        facts.add(f"assumed_{name}", "share", summary(f"/evidence_assumed/{name}"))


def _proof(facts: Facts) -> None:
    facts.add("columns", "count", summary("/size/columns"))
    facts.add("rows", "count", summary("/size/rows"))
    facts.add("breach", "proof", summary("/certificate/breach_t"))
    facts.add("gap", "proof", summary("/certificate/gap"))
    facts.add("digest", "text", summary("/input_digest"))
    facts.add("version", "text", summary("/versions/planner"))


def _modes(facts: Facts, run: Run) -> list[str]:
    """Add the share of each mode that carries something, and the band of its freight."""
    modes = run.scenario.tables["modes"].set_index("mode")
    banded = []
    for mode in (mode for mode, tonnes in run.facts["tonnes_by_mode"].items() if tonnes):
        share = summary(f"/tonnes_by_mode/{mode}")
        facts.add(f"share_{mode}", "share", share, per=summary("/tonnes_moved"))
        low, high = modes.loc[mode, ["idr_low", "idr_high"]]
        if low < high:
            banded.append(mode)
            for end in ("low", "high"):
                band = table("inputs/modes", f"idr_{end}", how="cell", mode=mode)
                facts.add(f"band_{mode}_{end}", "factor", band)
    return banded
