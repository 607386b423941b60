"""The plan without a lane, or with one that the stage calm keeps closed, by solving again.

without  =  the cheapest plan with  flow[l, t] = 0  on the lane in the periods asked for
opened   =  the cheapest plan with no bound on them
extra    =  money of the plan without - money of the plan            rupiah; penalties told apart, in tonnes
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from planner.arrays import Integers
from planner.errors import InfeasibleError
from planner.model import PENALTIES, Program
from planner.solution import Solution
from planner.solving import open_session
from planner.solving.resolve import resolve

KEY = ["origin", "mode", "service"]
LEAST_TOLD = 0.5
"""Less than this is not worth a line, t."""
STAGE_ROWS = ("coverage_stage", "fairness_floor", "coverage_first")
"""Rows that hold what the stages before the cost have reached."""
TERMS = {"supplied": 1, "imported": 1, "made": 1, "used": -1, "sent": -1, "closing": -1, "unmet": 1}
"""Terms of the balance that can make up for what does not come, with the sign in which they help."""


def close_lanes(solution: Solution, columns: Integers) -> Solution:
    """Return the cheapest plan in which some flows are zero.

    Parameters
    ----------
    solution
        The plan.
    columns
        Ids of the flow columns.

    Raises
    ------
    InfeasibleError
        If a limit or rule cannot be kept without them.
    """
    program = solution.program
    lower = program.row_lower.copy()
    if "calm_kept" in program.rows:
        rows = program.rows["calm_kept"].ids
        lower[rows[np.diff(program.matrix[rows][:, columns].indptr) > 0]] = 0.0
    return _replanned(solution, dataclasses.replace(program, row_lower=lower), columns, 0.0)


def open_lanes(solution: Solution, columns: Integers) -> Solution:
    """Return the cheapest plan that may use some closed flows.

    Parameters
    ----------
    solution
        The plan.
    columns
        Ids of the flow columns.
    """
    return _replanned(solution, solution.program, columns, np.inf)


def is_kept_closed(solution: Solution, columns: Integers) -> bool:
    """Return whether the stage calm keeps some of these flows closed."""
    return bool((solution.program.upper[columns] == 0).any())


def _replanned(solution: Solution, program: Program, columns: Integers, most: float) -> Solution:
    """Bound some flows and solve again from where the plan stood."""
    upper = program.upper.copy()
    upper[columns] = most
    return resolve(solution, dataclasses.replace(program, upper=upper))


def is_held_by_stages(solution: Solution, columns: Integers) -> bool:
    """Return whether it is only the stages before the cost that cannot be kept without some flows."""
    rows = [solution.row(name).ids for name in STAGE_ROWS if name in solution.program.rows]
    if not rows:
        return False
    kept = open_session(solution)
    kept.change_columns(columns, 0.0, 0.0)
    kept.change_rows(np.concatenate(rows), -np.inf, np.inf)
    try:
        kept.solve()
    except InfeasibleError:
        return False
    return True


def substitutes(
    before: Solution, after: Solution, destination: str, commodity: str
) -> pd.DataFrame:
    """Return what makes up for a closed lane at its destination over the horizon, the largest first.

    Returns
    -------
    `what` is "lane" (with origin, mode and service) or a term of the balance: supplied, imported, sent
    (that much less is sent on), closing (so much less is left at the end) or unmet; `tonnes` more than in
    the plan before.
    """
    lanes = _received(after, destination, commodity).sub(
        _received(before, destination, commodity), fill_value=0.0
    )
    terms = _terms(after, destination, commodity) - _terms(before, destination, commodity)
    rows = [(term, "", "", "", sign * terms[term]) for term, sign in TERMS.items()]
    balance = pd.DataFrame(rows, columns=["what", *KEY, "tonnes"])
    table = pd.concat([lanes.rename("tonnes").reset_index().assign(what="lane"), balance])
    gains = table.loc[table["tonnes"] >= LEAST_TOLD, list(balance)]
    return gains.sort_values("tonnes", ascending=False, ignore_index=True)


def losses(before: Solution, after: Solution) -> dict[str, float]:
    """Return the tonnes by which each target is missed more than before, over all provinces and goods."""
    names = [block.name for block in before.program.having(*PENALTIES) if block.unit == "t"]
    more = {name: float(after.value(name).sum() - before.value(name).sum()) for name in names}
    return {name: tonnes for name, tonnes in more.items() if tonnes >= LEAST_TOLD}


def newly_missed_rules(before: Solution, after: Solution) -> tuple[str, ...]:
    """Name the soft rules that are missed by more than before."""
    more = after.value("rule_gap") - before.value("rule_gap") >= LEAST_TOLD
    rows = before.column("rule_gap").index["rule_row"][more]
    names = before.scenario.tables["rules"]["rule"].to_numpy(dtype=object)
    return tuple(dict.fromkeys(names[before.row("rules").index["rule"][rows]]))


def _received(solution: Solution, destination: str, commodity: str) -> pd.Series[float]:
    flows = solution.flows()
    here = (flows["destination"] == destination) & (flows["commodity"] == commodity)
    return flows.loc[here].groupby(KEY)["received_t"].sum()


def _terms(solution: Solution, destination: str, commodity: str) -> pd.Series[float]:
    nodes = solution.nodes()
    here = nodes.loc[(nodes["province"] == destination) & (nodes["commodity"] == commodity)]
    sums = here[list(TERMS)].sum()
    sums["closing"] = here["closing"].iloc[-1]
    return sums
