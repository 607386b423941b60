"""Whether the figures of two runs may stand side by side."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Problem
from planner.runs import Run


def incomparable_reasons(before: Run, after: Run) -> Iterator[Problem]:
    """Return every reason why two runs cannot be compared.

    A tonne must mean the same in both: the same periods, units, provinces, and forms of the goods; dry
    paddy cannot be set against rice. Goods may differ: those of both are compared.
    """
    for check in (_horizon, _units, _provinces, _commodities, _forms):
        for key, values in check(before, after):
            yield Problem(key, after.name, values={**values, "name": before.name})


def _horizon(before: Run, after: Run) -> Iterator[tuple[str, dict[str, object]]]:
    old, new = before.scenario.horizon, after.scenario.horizon
    if (old.labels, old.length) != (new.labels, new.length):
        yield "compare_horizon", {
            "first": new.labels[0], "last": new.labels[-1],
            "periods": new.periods, "length": new.length,
            "other_first": old.labels[0], "other_last": old.labels[-1],
            "other_periods": old.periods, "other_length": old.length,
        }  # fmt: skip


def _units(before: Run, after: Run) -> Iterator[tuple[str, dict[str, object]]]:
    old, new = (", ".join(run.facts["units"].values()) for run in (before, after))
    if old != new:
        yield "compare_units", {"own": new, "other": old}


def _provinces(before: Run, after: Run) -> Iterator[tuple[str, dict[str, object]]]:
    odd = set(before.scenario.provinces) ^ set(after.scenario.provinces)
    if odd:
        yield "compare_provinces", {"provinces": ", ".join(sorted(odd))}


def _commodities(before: Run, after: Run) -> Iterator[tuple[str, dict[str, object]]]:
    if not set(before.scenario.commodities) & set(after.scenario.commodities):
        yield "compare_commodities", {}


def _forms(before: Run, after: Run) -> Iterator[tuple[str, dict[str, object]]]:
    goods = [run.scenario.tables["commodities"] for run in (before, after)]
    old, new = (dict(zip(table["commodity"], table["form"], strict=True)) for table in goods)
    for good in old.keys() & new.keys():
        if old[good] != new[good]:
            yield "compare_form", {"commodity": good, "own": new[good], "other": old[good]}
