"""The one door for all that is written as JSON: numbers of numpy become plain, and what is no number is null."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd


def as_json(content: Any, *, indent: int | None = None) -> str:
    """Write content as JSON.

    Parameters
    ----------
    content
        Nested mappings, lists, texts and numbers, those of numpy and pandas among them. A number that is not finite is
        written as null, as a table leaves the cell blank.
    indent
        Spaces for each level; None writes one line.

    Raises
    ------
    TypeError
        If something is in it that JSON has no form for.
    """
    return json.dumps(_plain(content), ensure_ascii=False, indent=indent, allow_nan=False)


def _plain(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {str(_plain(key)): _plain(value) for key, value in content.items()}
    if isinstance(content, np.ndarray | pd.Series | list | tuple):
        return [_plain(value) for value in content]
    if isinstance(content, np.generic):
        return _plain(content.item())
    if content is pd.NA or content is pd.NaT:
        return None
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content
