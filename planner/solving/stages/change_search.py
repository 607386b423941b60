"""The search for the fewest changed lanes: rounds of linear programs, then binaries on the lanes still free.

1. Rounds. A newly used lane at 1 / (its tonnes in the round before) per tonne, a signed one at the share by
   which it misses what keeps it:

       minimise      sum of given_up + sum of flow / before + cost / (2 * room)
       calm_cost     cost  <=  least cost + room
       calm_kept     sum over t of flow[l,t] + least[l] * given_up[l]  >=  least[l]         signed lanes

   Lanes used much become cheap, lanes used little vanish. What any round changes is still free.
2. The fewest changes on the free lanes, all others as signed (`hitting_set.py`).
3. A bound for all plans, whatever lanes they use: the same with one change for all unsigned lanes of a
   commodity into a province, and no lane as signed. What else such a plan changes joins, and again.

The cost is written with the duals y of the cheapest plan taken off all equations, c - A' y: small numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Booleans, Floats, Integers
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.solving.bridge import IDR, TONNES
from planner.solving.canonical import weights
from planner.solving.result import SolverResult
from planner.solving.session import LpSession
from planner.solving.stages.hitting_set import HittingSet
from planner.solving.stages.signed_lanes import SignedLanes

ROUNDS = 8
"""Rounds of linear programs; after three or four they no longer change."""
TRIALS = 200
"""Programs solved on the free lanes, and for the bound."""
DIGITS = 1e-9
"""Share of the least cost that is rounding."""
TIES = 1e-6
"""Share of the least cost that counts as the room in a round where the slack is less: costs then only decide ties."""
DEAREST = 1e9
"""Most that a tonne costs in a round, IDR/t: a thousand times a change. `calm_cost` counts what is beyond."""
NOTHING = 1e-6
"""Share of a signed lane that may be missing and yet is rounding."""
RANK = 1e-2
"""How much a change counts more by its rank among the lanes: ties end the same on every machine."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Which lanes change, how many have to in any plan, and whether no plan on the free lanes has fewer."""

    lanes: Booleans
    bound: int
    finished: bool


class ChangeSearch:
    """Looks for the fewest changes.

    Parameters
    ----------
    program
        The program of the cheapest plan.
    cheapest
        That plan.
    lanes
        What is signed.
    room
        What a plan may cost more, IDR.
    """

    def __init__(
        self, program: Program, cheapest: SolverResult, lanes: SignedLanes, room: float
    ) -> None:
        self._lanes, self._signed = lanes, np.flatnonzero(lanes.signed > 0)
        least_cost = float(program.cost @ cheapest.values)
        equal = program.row_lower == program.row_upper
        duals = np.where(equal, cheapest.duals, 0.0)
        taken_off = float(duals[equal] @ program.row_lower[equal])
        self._most = least_cost - taken_off + room + DIGITS * abs(least_cost)
        self._room = max(room, TIES * abs(least_cost), 1.0)
        priced = program.cost - program.matrix.T @ duals
        self._relaxed = self._relaxation(replace(program, cost=priced))

    def _relaxation(self, program: Program) -> Program:
        """Add `given_up` (1 is `TONNES`) and the rows of the search."""
        lanes, signed, builder = self._lanes, self._signed, ProgramBuilder(program)
        given_up = builder.columns("given_up", {"lane": signed}, upper=TONNES)
        every = np.arange(len(program.cost))
        cost = (np.zeros(len(every), dtype=np.int64), every, program.cost / IDR)
        row = {"stage": np.zeros(1, dtype=np.int64)}
        builder.rows("calm_cost", row, [cost], upper=self._most / IDR, unit="million IDR")
        least = lanes.least[signed]
        missing = (np.arange(len(signed)), given_up.ids, least / TONNES)
        builder.rows("calm_kept", {"lane": signed}, [lanes.term(signed), missing], lower=least)
        return builder.build()

    def fewest(self) -> Changes:
        """Return the fewest changes found."""
        rounds = list(self._rounds())
        free = np.logical_or.reduce(rounds)
        search = self._search(closed=~free)
        each = np.arange(len(free))
        chosen, finished = search.fewest(self._columns(each, each[free]))
        changed = np.isin(each, chosen) if finished else min(rounds, key=np.count_nonzero)
        return Changes(changed, self._bound(free), finished)

    def _rounds(self) -> Iterator[Booleans]:
        """Yield what each round changes, until they repeat."""
        lanes, kept = self._lanes, LpSession(self._relaxed)
        unsigned, rank = lanes.signed == 0, 1 + RANK * weights(np.arange(len(lanes.signed)))
        cost = np.minimum(self._relaxed.cost / (2 * self._room) * IDR, DEAREST)
        kept.change_costs(np.arange(len(cost)), cost)
        kept.change_costs(self._relaxed.columns["given_up"].ids, IDR / TONNES * rank[self._signed])
        before = np.full(len(rank), max(lanes.signed.sum() / max(len(self._signed), 1), 1.0))
        for _ in range(ROUNDS):
            surcharge = np.where(unsigned, IDR * rank / before, 0.0)
            kept.change_costs(lanes.flow.ids, cost[lanes.flow.span] + surcharge[lanes.of_flow])
            kept.solve()
            values = kept.found().values
            yield self._changed(values)
            tonnes = np.maximum(lanes.tonnes(values), 1.0)
            if np.allclose(before[unsigned], tonnes[unsigned], rtol=1e-3, atol=1.0):
                break
            before = tonnes

    def _changed(self, values: Floats) -> Booleans:
        changed = self._lanes.new(values)
        missing = values[self._relaxed.columns["given_up"].span] > TONNES * NOTHING
        changed[self._signed[missing]] = True
        return changed

    def _bound(self, free: Booleans) -> int:
        """Count the changes that every plan within the room needs, as far as is proven."""
        lanes, group = self._lanes, self._lanes.groups
        search = self._search(closed=np.zeros(len(free), dtype=bool))
        groups = np.unique(group[free])
        while True:
            chosen, enough = search.fewest(self._columns(group, groups))
            more = lanes.new(search.values) | lanes.given_up(search.values)
            wider = np.union1d(groups, group[more])
            if not enough or len(wider) == len(groups):
                return len(chosen)
            groups = wider

    def _search(self, closed: Booleans) -> HittingSet:
        """Set up the search for what is enough, some lanes staying as signed; it asks what changes cost."""
        program = self._relaxed
        upper, row_upper = program.upper.copy(), program.row_upper.copy()
        upper[self._as_signed(closed)] = 0.0
        row_upper[program.rows["calm_cost"].span] = np.inf
        asked = replace(program, upper=upper, row_upper=row_upper)
        return HittingSet(asked, self._most, TRIALS)

    def _columns(self, group: Integers, chosen: Integers) -> dict[int, Integers]:
        """Return for each chosen group of lanes the columns that are zero while they are as signed."""
        return {int(one): self._as_signed(group == one) for one in chosen}

    def _as_signed(self, lanes: Booleans) -> Integers:
        """Return the columns that are zero while some lanes are as signed."""
        given_up = self._relaxed.columns["given_up"].ids[lanes[self._signed]]
        return np.concatenate([self._lanes.columns(lanes & (self._lanes.signed == 0)), given_up])
