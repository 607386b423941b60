"""The two sides of a Sankey diagram: small nodes folded, order with few crossings, heights."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

OTHERS = "others"
_SLOT = 10.5
"""Points that a name needs."""
_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Side:
    """The nodes of one side, from the top down.

    Parameters
    ----------
    order
        Province codes, `OTHERS` last.
    amounts
        Tonnes by node.
    tops
        Upper edge of each node, as a fraction of the height.
    scale
        Fraction of the height for a tonne.
    others
        How many provinces `OTHERS` stands for.
    """

    order: list[str]
    amounts: dict[str, float]
    tops: dict[str, float]
    scale: float
    others: int


def rows_within(height: float) -> int:
    """Return how many nodes find room in a height in points, one place kept for `OTHERS`."""
    return max(int((height + _GAP) / (_SLOT + _GAP)) - 1, 1)


def fold_small(pairs: pd.DataFrame, senders: int, receivers: int) -> pd.DataFrame:
    """Merge the smallest senders and receivers into `OTHERS`; counts stand in `attrs`."""
    folded = pairs.copy()
    for column, limit in (("origin", senders), ("destination", receivers)):
        sizes = folded.groupby(column)["tonnes"].sum().sort_values(ascending=False, kind="stable")
        small = list(sizes.index[limit:]) if len(sizes) > limit + 1 else []
        folded[column] = folded[column].where(~folded[column].isin(small), OTHERS)
        folded.attrs[column] = len(small)
    counts = folded.attrs
    merged = folded.groupby(["origin", "destination"], as_index=False)[["tonnes"]].sum()
    merged.attrs = counts
    return merged


def sides(folded: pd.DataFrame, height: float) -> tuple[Side, Side]:
    """Order and place the nodes of both sides.

    Parameters
    ----------
    folded
        Columns origin, destination, tonnes, from `fold_small`.
    height
        Height of the drawing in points, which decides how far apart names must stand.
    """
    given, taken = _sums(folded, "origin"), _sums(folded, "destination")
    left, right = _few_crossings(folded, given, taken)
    scale = min(_scale(list(given.values()), height), _scale(list(taken.values()), height))
    return (
        _placed(left, given, scale, height, folded.attrs["origin"]),
        _placed(right, taken, scale, height, folded.attrs["destination"]),
    )


def _sums(folded: pd.DataFrame, column: str) -> dict[str, float]:
    return {str(code): float(t) for code, t in folded.groupby(column)["tonnes"].sum().items()}


def _few_crossings(
    folded: pd.DataFrame, given: dict[str, float], taken: dict[str, float]
) -> tuple[list[str], list[str]]:
    """Sort each side by the mean place of what it is tied to, in turns; keep the best order."""
    lanes = list(folded[["origin", "destination", "tonnes"]].itertuples(index=False, name=None))
    left = sorted(given, key=lambda code: (code == OTHERS, -given[code], code))
    right = sorted(taken, key=lambda code: (code == OTHERS, -taken[code], code))
    best, fewest = (left, right), float("inf")
    for _ in range(12):
        right = _by_mean(right, [(there, here, amount) for here, there, amount in lanes], left)
        left = _by_mean(left, lanes, right)
        crossed = _crossings(lanes, left, right)
        if crossed < fewest:
            best, fewest = (left, right), crossed
    return best


def _by_mean(
    nodes: list[str], lanes: list[tuple[str, str, float]], opposite: list[str]
) -> list[str]:
    rank = {code: place for place, code in enumerate(opposite)}
    mean = {}
    for node in nodes:
        ties = [(rank[there], amount) for here, there, amount in lanes if here == node]
        mean[node] = sum(r * amount for r, amount in ties) / sum(amount for _, amount in ties)
    return sorted(nodes, key=lambda code: (code == OTHERS, mean[code], code))


def _crossings(lanes: list[tuple[str, str, float]], left: list[str], right: list[str]) -> float:
    """Weigh crossings by the thinner ribbon of each pair."""
    ends = [(left.index(here), right.index(there), amount) for here, there, amount in lanes]
    return sum(
        min(first[2], second[2])
        for place, first in enumerate(ends)
        for second in ends[:place]
        if (first[0] - second[0]) * (first[1] - second[1]) < 0
    )


def _scale(amounts: list[float], height: float) -> float:
    """Find points per tonne so that every node and its name find room."""
    low, high = 0.0, height / sum(amounts)
    for _ in range(60):
        middle = (low + high) / 2
        needed = sum(max(middle * amount, _SLOT) + _GAP for amount in amounts) - _GAP
        low, high = (middle, high) if needed <= height else (low, middle)
    return low


def _placed(
    order: list[str], amounts: dict[str, float], scale: float, height: float, others: int
) -> Side:
    slots = [max(scale * amounts[code], _SLOT) for code in order]
    gap = min((height - sum(slots)) / max(len(slots) - 1, 1), 4 * _GAP)
    spare = height - sum(slots) - gap * (len(slots) - 1)
    tops, edge = {}, height - spare / 2
    for code, slot in zip(order, slots, strict=True):
        tops[code] = (edge - (slot - scale * amounts[code]) / 2) / height
        edge -= slot + gap
    return Side(order, amounts, tops, scale / height, others)
