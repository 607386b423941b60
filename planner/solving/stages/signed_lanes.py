"""The lanes of a plan against a signed one.

A lane is origin, destination, mode, service and commodity, over the whole horizon. Against a signed plan

    newly used     it is not signed, and carries anything
    given up       it is signed, and carries less than half of what was signed for it

and every other lane is unchanged. A signed lane that the scenario no longer offers is given up in any case.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.arrays import Array, Booleans, Floats, Integers
from planner.market.market import Market
from planner.model import Block, Program
from planner.model.program import Term
from planner.solution.solution import LEAST_TONNES
from planner.solution.tables.flow_table import LANE, lane_labels
from planner.solving.stages.need_cells import LEEWAY

KEPT_SHARE = 0.5
"""A signed lane is kept while it carries this share of its signed tonnes."""


@dataclass(frozen=True, slots=True)
class SignedLanes:
    """All lanes in the order of their labels, those included that are signed and no longer offered.

    Parameters
    ----------
    labels
        One row a lane.
    signed
        What is signed of each lane over the horizon, 0 where it is not, t.
    flow
        The flow columns.
    of_flow
        Lane of each flow column.
    """

    labels: pd.MultiIndex
    signed: Floats
    flow: Block
    of_flow: Integers

    @property
    def least(self) -> Floats:
        """What keeps a signed lane, t."""
        return KEPT_SHARE * self.signed

    def tonnes(self, values: Floats) -> Floats:
        """Return what each lane carries in a plan, t."""
        return np.bincount(self.of_flow, values[self.flow.span], minlength=len(self.signed))

    def new(self, values: Floats) -> Booleans:
        """Return which lanes a plan newly uses."""
        new: Booleans = (self.signed == 0) & (self.tonnes(values) >= LEAST_TONNES)
        return new

    def given_up(self, values: Floats) -> Booleans:
        """Return which lanes a plan gives up."""
        given_up: Booleans = (self.signed > 0) & (self.tonnes(values) < self.least - 2 * LEEWAY)
        return given_up

    @property
    def groups(self) -> Integers:
        """One lane to stand for each: all unsigned lanes of a commodity into a province have the same."""
        ends = self.labels.to_frame(index=False)[["destination", "commodity"]]
        unsigned, every = self.signed == 0, np.arange(len(self.signed))
        place = ends.assign(unsigned=unsigned).groupby([*ends, "unsigned"]).ngroup().to_numpy()
        first = np.unique(place, return_index=True)[1]
        return np.where(unsigned, first[place], every)

    def columns(self, lanes: Booleans) -> Integers:
        """Return the ids of the flows of some lanes."""
        return self.flow.ids[lanes[self.of_flow]]

    def term(self, lanes: Integers) -> Term:
        """Sum up the flows of some lanes, one row a lane."""
        row = np.full(len(self.signed), -1)
        row[lanes] = np.arange(len(lanes))
        row_of_flow: Array = row[self.of_flow]
        return row_of_flow[row_of_flow >= 0], self.flow.ids[row_of_flow >= 0], 1.0


def compare_with_signed(program: Program, market: Market) -> SignedLanes:
    """Set the lanes of a program against those of the signed plan of its scenario.

    Parameters
    ----------
    program
        What is planned.
    market
        What it was built from.
    """
    balance, network = market.balance, market.network
    signed = market.scenario.tables["signed_plan"]
    offered = pd.DataFrame(lane_labels(balance, network, np.arange(len(network.freight))))
    tonnes = signed.groupby(LANE)["tonnes"].sum()
    here = pd.MultiIndex.from_frame(offered)
    both = pd.concat([offered, tonnes.index.to_frame(index=False)]).drop_duplicates()
    labels = pd.MultiIndex.from_frame(both.sort_values(LANE))
    flow = program.columns["flow"]
    return SignedLanes(
        labels=labels,
        signed=tonnes.reindex(labels).fillna(0.0).to_numpy(dtype=float),
        flow=flow,
        of_flow=labels.get_indexer(here)[flow.index["lane"]],
    )
