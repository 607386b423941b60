"""Which limits may give way, how hard that is, and which figure of the scenario stands for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array, hstack, vstack

from planner.analysis.infeasibility.extended_model import ExtendedModel, Key
from planner.arrays import Array, Floats, Integers

WEIGHTS = {
    "policy": 1.0,
    "contract": 1e2,
    "transport": 1e4,
    "import": 3e4,
    "storage": 1e5,
    "time": 1e5,
    "stock": 3e5,
    "production": 1e6,
}
"""What a remedy takes, the softest first, and how much one percent of it counts."""


LESS, MORE = 1, 2
"""Sides to which a rule that asks for an exact amount can give way; LESS + MORE lets it go."""


@dataclass(frozen=True, slots=True)
class RelaxationKind:
    """One kind of limit.

    Parameters
    ----------
    rank
        One of `WEIGHTS`; a rule has that of its own kind.
    table, column, key
        Where its figures stand.
    step
        What a new figure is rounded to, always towards giving way more.
    by_period
        Whether each period has a figure of its own.
    falls
        Whether the limit gives way when its figure falls.
    """

    rank: str
    table: str
    column: str
    key: tuple[str, ...]
    step: float = 1.0
    by_period: bool = False
    falls: bool = False


KINDS = {
    "ceiling": RelaxationKind("policy", "rules", "bound", ("rule",)),
    "floor": RelaxationKind("policy", "rules", "bound", ("rule",), falls=True),
    "equal": RelaxationKind("policy", "rules", "sense", ("rule",)),
    "arc": RelaxationKind("transport", "arcs", "capacity", ("origin", "destination", "mode")),
    "service": RelaxationKind("transport", "services", "capacity_teu", ("service",)),
    "port": RelaxationKind("transport", "ports", "throughput_t", ("port",)),
    "mill": RelaxationKind("transport", "recipes", "capacity_t", ("recipe", "province")),
    "import": RelaxationKind(
        "import", "imports", "max_tonnes", ("port", "commodity"), by_period=True
    ),
    "storage": RelaxationKind("storage", "storage", "capacity_t", ("province",)),
    "local_stock": RelaxationKind(
        "stock", "stocks", "local_share", ("province", "commodity"), step=1e-3, falls=True
    ),
    "opening": RelaxationKind("stock", "stocks", "opening_t", ("province", "commodity")),
    "slow": RelaxationKind("time", "commodities", "max_days", ("commodity",)),
    "production": RelaxationKind(
        "production", "production", "tonnes", ("province", "commodity"), by_period=True
    ),
}
"""All kinds of limits; a new one stands here, in `of_rows`, `of_rules` or `of_columns` and in `diagnosis.toml`."""


LEAST = 1e-3
"""No scale is less than this, t."""


@dataclass(frozen=True, slots=True)
class ElasticVariables:
    """Elastic twins: columns that add to what a limit allows.

    Parameters
    ----------
    cells
        One row for each twin. kind · key (labels) · rank · period (position, -1 for none) · old: the
        figure now · unit and step of the figure · size: units of the program in one unit of the figure ·
        scale: what counts as 100 %, in units of the program · most: upper bound, in units of the
        program · needs: figure it takes however small the amount is, NaN where the amount decides; an exact rule
        needs LESS or MORE.
    matrix
        Terms of each twin in the rows of the program.
    whole
        For a share: what it is a share of, by twin and column of the program. It takes the place of size.
    """

    cells: pd.DataFrame
    matrix: csc_array
    whole: csr_array

    @classmethod
    def joined(cls, parts: Sequence[ElasticVariables]) -> ElasticVariables:
        """Put twins of several kinds behind each other."""
        filled = [part for part in parts if len(part.cells)] or parts[:1]
        return cls(
            pd.concat([part.cells for part in filled], ignore_index=True),
            csc_array(hstack([part.matrix for part in filled])),
            csr_array(vstack([part.whole for part in filled])),
        )


def elastic_variables(
    model: ExtendedModel, cells: pd.DataFrame, matrix: csc_array
) -> ElasticVariables:
    """Return twins of figures that are no shares."""
    return ElasticVariables(cells, matrix, csr_array((len(cells), len(model.program.cost))))


def describe_elastic_variables(kind: str | Array, keys: list[Key], **figures: Any) -> pd.DataFrame:
    """Describe twins; what is not given is as usual for their kind.

    Parameters
    ----------
    kind
        One of `KINDS`, for all or for each.
    keys
        Labels of each twin.
    figures
        Further columns of `Twins.cells`.
    """
    usual = {"period": -1, "unit": "t", "size": 1.0, "most": np.inf, "needs": np.nan}
    labels = pd.Series(keys, dtype=object)
    cells = pd.DataFrame({"kind": kind, "key": labels, **usual}, index=labels.index)
    for name in ("rank", "step"):
        cells[name] = cells["kind"].map({kind: getattr(KINDS[kind], name) for kind in KINDS})
    return cells.assign(**figures)


def label_rows(*axes: tuple[Sequence[str], Integers]) -> list[Key]:
    """Return the labels at positions on each of some axes, together."""
    names = [np.array(labels, dtype=object)[places] for labels, places in axes]
    return list(zip(*names, strict=True))


def mean_need(model: ExtendedModel) -> Floats:
    """Return the need of a mean period by province and commodity, never quite 0, t."""
    mean: Floats = np.maximum(model.balance.need.mean(2), LEAST)
    return mean
