"""How far a local price holds: tonnes of need, more or less, in which the cost moves by price x tonnes.

The need of a cell stands in the rows b (its balance, and the household stocks from its period on) and in the
upper bound u of its unmet column. With v(n) the least cost when n tonnes more are needed there,

    price  =  b y + u min(d, 0)                   y the duals, d the reduced costs of the plan
    v(n)  =  v(0) + price n                       for  -less <= n <= more

less and more come from the ratio test (`ranging.py`), and every end is solved again: only where the cost moved
by price x tonnes is it given. v is convex; where it has a kink at the plan itself, no price holds on both sides.
There  v(1) - v(0)  and  v(0) - v(-1)  say what one tonne more costs and what one tonne less saves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from planner.analysis.kink import kink
from planner.analysis.ranging import Ranging
from planner.arrays import Floats, Integers
from planner.errors import InfeasibleError
from planner.scenario import Scenario
from planner.scenario.names import code_of, period_of
from planner.solution import Solution
from planner.solution.prices import need_in_rows
from planner.solution.solution import LEAST_TONNES
from planner.solving.priced import PricedModel, Shift

AGREEMENT = 1e-6
"""Share of price x tonnes by which the cost of solving again may differ."""
DIGITS = 1e-13
"""Share of the whole cost, penalties included, that solving again cannot tell apart."""

ENDLESS = 1e9
"""A price that holds for so many tonnes has no end, t."""


def price_ranges(
    solution: Solution, commodity: str, *, province: str | None = None, period: str | None = None
) -> pd.DataFrame:
    """Give how far each local price of a commodity holds, every end checked by solving again.

    Parameters
    ----------
    solution
        The plan.
    commodity
        Code or name.
    province, period
        Only this province (code or name), only this period; None for all.

    Returns
    -------
    `less_t` and `more_t`: tonnes of need less or more in which the cost moves by price x tonnes; `inf`
    where nothing ends it, NaN where solving again did not agree. `one_less_idr_per_t` and
    `one_more_idr_per_t`: what one tonne less saves and one more costs; NaN where there is none less to
    need, or none more to be had. `degenerate`: the price holds on one side at most. A short cell has no
    rupiah, as in `prices.csv`; its interval is that in which every tonne more or less is missing. What
    stages before the cost have reached stays as it is, in tonnes.

    Raises
    ------
    OptionError
        If there is no such commodity, province or period.
    """
    index = solution.row("balance").index
    asked = codes_of(solution.scenario, commodity, province, period)
    matches = [solution.label(axis, index[axis]) == code for axis, code in asked.items()]
    cells = np.flatnonzero(np.all(matches, axis=0))
    rows, uppers = need_in_rows(solution)[cells], _unmet_bounds(solution)[cells]
    price = rows @ solution.duals + uppers @ np.minimum(solution.reduced_costs, 0.0)
    reach = Ranging(solution.program, solution.basis).reach(rows, uppers)
    need = solution.balance.need.ravel()
    model, found = PricedModel(solution), []
    for i, cell in enumerate(cells):
        row, upper = rows[[i]], uppers[[i]]
        shift = Shift(row.indices, row.data, upper.indices, upper.data)
        short = bool(price[i] > solution.program.short_price)
        moved = _Cell(model, shift, float(price[i]), short)
        less = moved.side(-1, reach.less[i], need[cell], firm=reach.less_firm[i])
        more = moved.side(1, reach.more[i], np.inf, firm=reach.more_firm[i])
        found.append((*less, *more))
    return _table(solution, cells, price, np.array(found).reshape(-1, 4))


def codes_of(
    scenario: Scenario, commodity: str, province: str | None, period: str | None
) -> dict[str, str]:
    """Give the codes of what is asked, as `price_ranges` does, before anything is solved.

    Raises
    ------
    OptionError
        As `price_ranges`.
    """
    asked = {"commodity": code_of(scenario, "commodities", commodity)}
    if province:
        asked["province"] = code_of(scenario, "provinces", province)
    if period:
        asked["period"] = period_of(scenario, period)
    return asked


@dataclass(frozen=True, slots=True)
class _Cell:
    """The need of a cell, to be moved by some tonnes and solved again."""

    model: PricedModel
    shift: Shift
    price: float
    short: bool

    def side(self, sign: int, reach: float, most: float, *, firm: bool) -> tuple[float, float]:
        """Give how far the price holds on a side, t, and what one tonne there costs or saves, IDR.

        `reach` is what the ratio test found; where that end is not firm, the price is followed further.
        That is not done for a penalty, which is no price.
        """
        reach, one = min(reach, most), self.price
        if not self.short and reach < 1.0:
            height = self._height(sign, 1.0)[0] if most >= 1.0 else np.inf
            one = self.price + sign * height if np.isfinite(height) else np.nan
        if not self.short and not firm and reach < most:
            reach = self._followed(sign, reach, most)
        return (reach if self._height(sign, reach)[0] == 0.0 else np.nan), one

    def _followed(self, sign: int, reach: float, most: float) -> float:
        """Follow a price from where the ratio test stopped to where it ends, or no plan is left."""
        held, beyond = reach, np.inf
        tried = min(max(2 * held, 1.0), most)
        while held < tried < ENDLESS and beyond - held > LEAST_TONNES:
            height, _ = self._height(sign, tried)
            if 0.0 < height < np.inf:
                return max(held, kink(lambda tonnes: self._height(sign, tonnes), tried))
            held, beyond = (tried, beyond) if height == 0.0 else (held, tried)
            tried = min(2 * held, most, (held + beyond) / 2)
        return held if tried < ENDLESS else np.inf

    def _height(self, sign: int, tonnes: float) -> tuple[float, float]:
        """Give by how much more than price x tonnes the cost moves, IDR, and how fast that grows.

        0 where it moves by just that; infinite where no plan is left.
        """
        if not np.isfinite(tonnes):
            return 0.0, 0.0
        try:
            cost, rate = self.model.solve(self.shift, sign * tonnes)
        except InfeasibleError:
            return np.inf, np.inf
        expected = self.price * sign * tonnes
        height = cost - self.model.cost - expected
        if abs(height) <= AGREEMENT * abs(expected) + DIGITS * abs(self.model.cost):
            return 0.0, 0.0
        return height, sign * (rate - self.price)


def _unmet_bounds(solution: Solution) -> csr_array:
    """Say which upper bound rises with the need of each cell: one row for each cell."""
    unmet, shape = solution.column("unmet"), solution.balance.need.shape
    axes = (unmet.index[axis] for axis in ("province", "commodity", "period"))
    cell = np.ravel_multi_index(tuple(axes), shape)
    size = solution.row("balance").size, len(solution.values)
    return coo_array((np.ones(unmet.size), (cell, unmet.ids)), size).tocsr()


def _table(solution: Solution, cells: Integers, price: Floats, sides: Floats) -> pd.DataFrame:
    index, most = solution.row("balance").index, solution.program.short_price
    less, one_less, more, one_more = sides.T
    wanted = solution.balance.need.ravel()[cells]
    stuck = (more < LEAST_TONNES) | ((less < LEAST_TONNES) & (wanted >= LEAST_TONNES))
    axes = ("province", "commodity", "period")
    table = pd.DataFrame(
        {axis: solution.label(axis, index[axis][cells]) for axis in axes}
        | {
            "kind": np.where(price > most, "short", "delivered"),
            "idr_per_t": _rupiah(price, most),
            "less_t": less,
            "more_t": more,
            "one_less_idr_per_t": _rupiah(one_less, most),
            "one_more_idr_per_t": _rupiah(one_more, most),
            "degenerate": stuck,
        }
    )
    return table.sort_values(list(axes), ignore_index=True)


def _rupiah(price: Floats, most: float) -> Floats:
    """Give prices of what is delivered, IDR/t; a penalty is no price."""
    return np.where(price > most, np.nan, price) + 0.0
