"""What the positions on each axis of the model stand for, and the order that follows from it.

A position is the place of a row in a file, or what came of it; its labels are what the row is about. Columns are
ordered by their labels, so that no plan hangs on the order of rows:

first commodity, period, province, port;  then single axes such as age;  then the labels of arcs, lanes and rule rows
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from planner.arrays import Array, Floats, Integers
from planner.market.network import Network

type Label = pd.Categorical[Any] | Integers | Floats
type Labels = Mapping[str, Label]
"""The labels of the positions on an axis, the weightiest first; those of a Categorical count in their alphabet."""
type Axes = Mapping[str, Labels]

FIRST = ("commodity", "period", "province", "port")
"""Labels by which columns are sorted before all others."""


def place_axes(
    provinces: Sequence[str],
    commodities: Sequence[str],
    periods: Sequence[str],
    network: Network,
) -> dict[str, Labels]:
    """Return the labels of provinces, goods, periods, ports, arcs, lanes and legs.

    Parameters
    ----------
    provinces, commodities, periods
        Codes in the order of their positions.
    network
        Arcs, lanes, ports and legs.
    """
    places, goods = pd.Categorical([*provinces]), pd.Categorical([*commodities])
    arcs: Labels = {
        "origin": places[network.origin],
        "destination": places[network.destination],
        "mode": pd.Categorical(network.mode),
        "service": pd.Categorical(network.service),
        "origin_port": pd.Categorical(network.origin_port),
        "destination_port": pd.Categorical(network.destination_port),
    }
    lanes = {name: label[network.lane_arc] for name, label in arcs.items()}
    return {
        "province": {"province": places},
        "commodity": {"commodity": goods},
        "output": {"output": goods},
        "period": {"period": pd.Categorical([*periods])},
        "port": {"port": pd.Categorical(network.ports)},
        "arc": arcs,
        "lane": {
            "commodity": goods[network.lane_commodity],
            **lanes,
            "freight": network.freight,
        },
        "leg": {"leg": pd.Categorical(network.legs.names)},
    }


def sort_keys(index: Mapping[str, Integers], axes: Axes) -> list[Array]:
    """Return by what entries are sorted, the weightiest first.

    Parameters
    ----------
    index
        Positions of the entries by axis.
    axes
        Labels of the positions.

    Raises
    ------
    LookupError
        If an axis has no labels.
    """
    unknown = sorted(set(index) - set(axes))
    if unknown:
        message = f"no labels are known for the positions on: {', '.join(unknown)}"
        raise LookupError(message)
    several = [axis for axis in index if len(axes[axis]) > 1]
    single = [axis for axis in index if len(axes[axis]) == 1]
    keys = {
        name: _ranks(label)[index[axis]]
        for axis in (*single, *several)
        for name, label in axes[axis].items()
    }
    return [*(keys.pop(name) for name in FIRST if name in keys), *keys.values()]


def _ranks(label: Label) -> Array:
    """Return what stands for a label when sorting: the place in its alphabet, or the number itself."""
    return np.asarray(label.codes if isinstance(label, pd.Categorical) else label)
