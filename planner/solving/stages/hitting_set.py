"""The fewest of some changes that are enough, by the sets of them that are needed.

A choice is enough if the cheapest plan that makes no other change is within reach; a set is needed if every plan
without all of its members costs more. If a choice is not enough, all that it left out is a needed set. So

    minimise  sum of z      where  sum of z over N  >=  1  for every needed set N known so far,    z binary

and while that choice is not enough, what it left out is made a small needed set and joins. The number of
changes so chosen is at any time proven to be needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

import numpy as np

from planner.arrays import Integers
from planner.errors import InfeasibleError
from planner.model import Program
from planner.solving.canonical import TIE, weights
from planner.solving.session import LpSession

type Set = frozenset[int]


class HittingSet:
    """Looks for the fewest changes that are enough.

    Parameters
    ----------
    program
        The program with every change allowed.
    most
        What a plan may cost, IDR.
    trials
        Programs solved before the search ends as it stands: a limit that is the same on every machine.
    """

    def __init__(self, program: Program, most: float, trials: int) -> None:
        self._kept, self._most = LpSession(program), most
        self._left = trials
        self._needed: list[Set] = []
        self.values = np.zeros(len(program.cost))

    def fewest(self, changes: Mapping[int, Integers]) -> tuple[list[int], bool]:
        """Return the fewest changes, and whether they are enough: if not, the trials ran out.

        `values` is then the cheapest plan with them. Needed sets are kept from one call to the next.

        Parameters
        ----------
        changes
            By number, the columns that are zero while a change is not made; what is in none is free.
        """
        seen = set().union(*self._needed)
        alone = [self._smallest(changes, frozenset([one])) for one in sorted(set(changes) - seen)]
        self._needed += [needed for needed in alone if needed]
        while True:
            chosen = _hitting(self._needed, sorted(changes))
            needed = self._smallest(changes, frozenset(changes) - set(chosen))
            if not needed or self._left <= 0:
                return chosen, not needed
            self._needed.append(needed)

    def _smallest(self, changes: Mapping[int, Integers], left_out: Set) -> Set:
        """Return a needed set among changes left out that can spare no member; empty if there is none."""
        needed = self._needed_of(changes, left_out)
        for one in sorted(needed) if len(needed) > 1 else ():
            if one in needed and self._left > 0:
                needed = self._needed_of(changes, needed - {one}) or needed
        return needed

    def _needed_of(self, changes: Mapping[int, Integers], left_out: Set) -> Set:
        """Solve without some changes; give those that would make the plan cheaper if it is too dear.

        Columns with a reduced cost from zero up can be opened without the least cost coming down.
        """
        if not left_out:
            return left_out
        self._left -= 1
        with self._kept.trial():
            closed = np.concatenate([changes[one] for one in sorted(left_out)])
            self._kept.change_columns(closed, 0.0, 0.0)
            try:
                cost = self._kept.solve()
            except InfeasibleError:
                return left_out
            found = self._kept.found()
        if cost <= self._most:
            self.values = found.values
            return frozenset()
        paying = found.reduced_costs < -TIE
        return frozenset(one for one in left_out if paying[changes[one]].any())


def _hitting(needed: Sequence[Set], names: Sequence[int]) -> list[int]:
    """Choose the fewest that leave no needed set out; of equals always the same."""
    if not needed:
        return []
    optimize = import_module("scipy.optimize")  # takes a tenth of a second to load

    size = len(names)
    holds = np.array([[name in one for name in names] for one in needed], dtype=float)
    found = optimize.milp(
        1 + (weights(np.arange(size)) - 1) / (2 * size),
        constraints=optimize.LinearConstraint(holds, lb=1.0),
        integrality=np.ones(size, dtype=np.int64),
        bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    z = np.asarray(found.x)
    return [name for name, chosen in zip(names, z > 0.5, strict=True) if chosen]
