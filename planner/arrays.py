"""Short names for the array types that walk through the house, and positions of labels."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Integers = NDArray[np.int64]
type Booleans = NDArray[np.bool_]
type Array = NDArray[Any]


def positions(labels: Sequence[str], values: Iterable[str]) -> Integers:
    """Return the position of each value among the labels; -1 where it is none of them."""
    index = pd.Index(list(labels), dtype=object)
    return index.get_indexer(pd.Index(list(values), dtype=object)).astype(np.int64)
