"""Two runs side by side: what was changed, and what that changed in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.analysis.comparison.input_changes import input_changes
from planner.analysis.comparison.preconditions import incomparable_reasons
from planner.errors import InputError
from planner.given import require_kind
from planner.html import facts_table
from planner.runs import Run
from planner.solution.tables.flow_table import LANE

PLACE = ["province", "commodity"]

GAVE_WAY = ["unused_t", "used_t", "made_t", "discarded_t", "reserve_gap_t", "closing_gap_t"]
"""Facts by commodity that say at whose expense a plan is cheaper."""

_LAST_TONNES, _LAST_SHARE = 0.001, 1e-6
"""The last digits in which tonnes and coverage are written."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs; quantities are sums over the horizon, in t and IDR.

    Parameters
    ----------
    before, after
        The runs.
    commodities
        What both plan; everything below `inputs` is about these alone.
    inputs
        Settings and cells that differ, see `input_changes`.
    totals
        Cost in money, tonnes moved, need, and what gave way: unmet, unused, processed, discarded, missing from
        reserves and the closing stock; changed or not.
    lanes
        Lanes whose tonnes changed, the largest change first.
    coverage
        Province and commodity of which more or less is unmet, or a larger or smaller share is met.
    costs
        Every part of the cost by commodity and mode, changed or not.
    prices
        Local prices that changed: means over the periods in which both runs have one; and the number of
        periods in which each is short, and in which a reserve or closing stock gives way beside the money.
    """

    before: Run
    after: Run
    commodities: Sequence[str]
    inputs: pd.DataFrame
    totals: pd.DataFrame
    lanes: pd.DataFrame
    coverage: pd.DataFrame
    costs: pd.DataFrame
    prices: pd.DataFrame

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by the name of the file they are written to."""
        names = ("inputs", "totals", "lanes", "coverage", "costs", "prices")
        return {name: getattr(self, name) for name in names}

    @property
    def same_plan(self) -> bool:
        """Return whether the results are the same, whatever was changed in the inputs."""
        same_cost = (self.costs["idr_difference"] == 0).all()
        return bool(same_cost) and not (len(self.lanes) or len(self.coverage) or len(self.prices))

    def _repr_html_(self) -> str:
        rows = {name: f"{len(frame):,} rows" for name, frame in self.tables.items()}
        return facts_table(f"Comparison of {self.before.name} with {self.after.name}", rows)

    def __repr__(self) -> str:
        return (
            f"<Comparison of {self.before!r} and {self.after!r}: {len(self.inputs)} inputs differ>"
        )


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs.

    Parameters
    ----------
    before, after
        Two runs with the same periods, provinces and units.

    Raises
    ------
    InputError
        With every reason why they cannot be compared.
    OptionError
        If one of them is no run, but a plan for instance.

    Examples
    --------
    >>> import planner
    >>> scenario = planner.read_scenario("scenarios/dua-pulau")
    >>> half = scenario.adjust("production", "tonnes", where={"province": "01"}, multiply=0.5)
    >>> before, after = (planner.make_run(planner.solve(it)) for it in (scenario, half))
    >>> planner.compare(before, after).totals.head(4)
              total     before     after  difference
    0      cost_idr  7450000.0  250000.0  -7200000.0
    1  tonnes_moved       70.0       0.0       -70.0
    2        need_t      180.0     180.0         0.0
    3       unmet_t        0.0      60.0        60.0
    """
    for run in (before, after):
        require_kind(run, Run, "planner.compare")
    problems = list(incomparable_reasons(before, after))
    if problems:
        raise InputError(problems)
    goods = [k for k in before.scenario.commodities if k in after.scenario.commodities]
    runs = [{name: _of(goods, table) for name, table in r.tables.items()} for r in (before, after)]
    noise = _LAST_TONNES * before.scenario.horizon.periods
    flows, needs, costs = (
        _paired([run[table] for run in runs], key, figures)
        for table, key, figures in (
            ("flows", LANE, ["tonnes", "idr"]),
            ("coverage", PLACE, ["need_t", "unmet_t"]),
            ("costs", ["part", "commodity", "mode"], ["idr"]),
        )
    )
    return Comparison(
        before,
        after,
        goods,
        inputs=input_changes(before.scenario, after.scenario),
        totals=_totals(flows, needs, costs, _gave_way(before, after, goods)),
        lanes=_largest(flows.loc[flows["tonnes_difference"].abs() > noise], "tonnes"),
        coverage=_coverage(needs, noise),
        costs=_largest(costs, "idr"),
        prices=_prices([run["prices"] for run in runs]),
    )


def _of(goods: Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
    return table.loc[table["commodity"].isin(goods)] if "commodity" in table else table


def _paired(tables: Sequence[pd.DataFrame], key: list[str], figures: list[str]) -> pd.DataFrame:
    """Sum figures by key in both runs, nothing where a run has no such row, and take the difference."""
    old, new = (table.groupby(key)[figures].sum().astype(float) for table in tables)
    old, new = old.align(new, fill_value=0.0)
    return _three(old, new, figures).reset_index()


def _three(old: pd.DataFrame, new: pd.DataFrame, figures: Sequence[str]) -> pd.DataFrame:
    """Return each figure before, after, and the difference, side by side."""
    columns = {}
    for figure in figures:
        columns[f"{figure}_before"], columns[f"{figure}_after"] = old[figure], new[figure]
        columns[f"{figure}_difference"] = new[figure] - old[figure]
    return pd.DataFrame(columns)


def _largest(pairs: pd.DataFrame, figure: str) -> pd.DataFrame:
    """Sort by size of the change, then by key."""
    order = pairs[f"{figure}_difference"].abs().sort_values(ascending=False, kind="stable").index
    return pairs.loc[order].reset_index(drop=True)


def _totals(
    flows: pd.DataFrame, needs: pd.DataFrame, costs: pd.DataFrame, gave_way: pd.DataFrame
) -> pd.DataFrame:
    money = costs.loc[~costs["part"].str.startswith("penalty_")]
    sources = {"cost_idr": (money, "idr"), "tonnes_moved": (flows, "tonnes")}
    sources |= {name: (needs, name) for name in ("need_t", "unmet_t")}
    sides = ("before", "after", "difference")
    rows = [
        {"total": name, **{side: float(pairs[f"{figure}_{side}"].sum()) for side in sides}}
        for name, (pairs, figure) in sources.items()
    ]
    return pd.concat([pd.DataFrame(rows), gave_way], ignore_index=True)


def _gave_way(before: Run, after: Run, goods: Sequence[str]) -> pd.DataFrame:
    """Take from the facts what a plan did not use or keep, and what it processed, t."""
    old, new = (
        np.array(
            [sum(run.facts.get(name, {}).get(good, 0.0) for good in goods) for name in GAVE_WAY]
        )
        for run in (before, after)
    )
    return pd.DataFrame({"total": GAVE_WAY, "before": old, "after": new, "difference": new - old})


def _coverage(needs: pd.DataFrame, noise: float) -> pd.DataFrame:
    """Add the share that is met, and keep where it or the tonnes unmet changed."""
    old, new = (
        pd.DataFrame({"coverage": 1 - needs[f"unmet_t_{side}"] / needed.where(needed > 0)})
        for side, needed in ((side, needs[f"need_t_{side}"]) for side in ("before", "after"))
    )
    shares = needs.join(_three(old, new, ["coverage"]))
    changed = shares["unmet_t_difference"].abs() > noise
    changed |= shares["coverage_difference"].abs() > _LAST_SHARE
    return _largest(shares.loc[changed], "unmet_t")


def _prices(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Compare prices over the periods in which both runs have one, and count what else gives way in each."""
    old, new = (table.set_index([*PLACE, "period"]) for table in tables)
    old, new = old.align(new, join="inner")
    both = (old["kind"] != "short") & (new["kind"] != "short")
    means = [s["idr_per_t"].astype(float).where(both).groupby(PLACE).mean() for s in (old, new)]
    prices = _three(means[0].to_frame(), means[1].to_frame(), ["idr_per_t"])
    prices["periods"] = both.groupby(PLACE).sum()
    changed = prices["idr_per_t_difference"].abs() >= 1.0
    for kind in ("short", "stock"):
        for side, cells in (("before", old["kind"]), ("after", new["kind"])):
            prices[f"{kind}_{side}"] = (cells == kind).groupby(PLACE).sum()
        changed |= prices[f"{kind}_before"] != prices[f"{kind}_after"]
    return _largest(prices.loc[changed].reset_index(), "idr_per_t")
