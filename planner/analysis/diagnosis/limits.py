"""Which limits may give way, how hard that is, and which figure of the scenario stands for each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy.sparse import csc_array

WEIGHTS = {
    "policy": 1.0,
    "contract": 30.0,
    "transport": 1e3,
    "import": 3e3,
    "storage": 1e4,
    "stock": 3e4,
    "time": 3e4,
    "production": 1e5,
}
"""What a remedy takes, the softest first, and how much one percent of it counts."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of limit.

    Parameters
    ----------
    rank
        One of `WEIGHTS`.
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
    "arc": Kind("transport", "arcs", "capacity", ("origin", "destination", "mode")),
    "port": Kind("transport", "ports", "throughput_t", ("port",)),
    "import": Kind("import", "imports", "max_tonnes", ("port", "commodity"), by_period=True),
    "storage": Kind("storage", "storage", "capacity_t", ("province",)),
    "local_stock": Kind(
        "stock", "stocks", "local_share", ("province", "commodity"), step=1e-3, falls=True
    ),
    "opening": Kind("stock", "stocks", "opening_t", ("province", "commodity")),
    "slow": Kind("time", "commodities", "max_days", ("commodity",)),
    "production": Kind(
        "production", "production", "tonnes", ("province", "commodity"), by_period=True
    ),
}
"""All kinds of limits; a new one stands here, in `twins.MAKERS` and in `diagnosis.toml`."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Elastic twins: columns that add to what a limit allows.

    Parameters
    ----------
    cells
        One row for each twin. kind · key (labels) · period (position) · old: the figure now · size:
        units of the program in one unit of the figure · scale: what counts as 100 %, in units of the
        program · most: upper bound, in units of the program · needs: figure it takes however small the
        amount is; NaN where the amount decides.
    matrix
        Terms of each twin in the rows of the program.
    """

    cells: pd.DataFrame
    matrix: csc_array
