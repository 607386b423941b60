"""What is known of the least need that must go unmet, beside the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.arrays import Floats


@dataclass(frozen=True, slots=True)
class LeastUnmet:
    """The least need unmet, each tonne times its weight (priority / least priority).

    Parameters
    ----------
    least
        No plan leaves less unmet, t.
    before
        What the plan of least cost with penalties leaves unmet, t.
    binds
        Whether that was too much, and a row holds the plan to the least.
    rates
        How fast the least rises with the bound of each row, t per unit.
    """

    least: float
    before: float
    binds: bool
    rates: Floats

    def of_rows(self, count: int) -> LeastUnmet:
        """Return the same for the first rows alone."""
        return replace(self, rates=self.rates[:count])
