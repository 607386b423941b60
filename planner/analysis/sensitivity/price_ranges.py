"""How far a local price holds: tonnes of need, more or less, in which the cost moves by price x tonnes.

The need of a cell stands in the rows b (its balance, and the household stocks from its period on) and in the
upper bound u of its unmet column. With v(n) the least cost when n tonnes more are needed there,

    price  =  b y + u min(d, 0)                   y the duals, d the reduced costs of the plan
    v(n)  =  v(0) + price n                       for  -less <= n <= more

v counts penalties as the solver does; the prices shown are its part in money (`planner.solution.price_parts`). Where
a row holds the least unmet need, that least moves along with the need: b holds its rate there too.

less and more come from the ratio test (`rhs_ranging.py`), and every end is solved again: only where the cost moved
by price x tonnes is it given. v is convex; where it has a kink at the plan itself, no price holds on both sides.
There the money of the plans at 1 and at -1 says what one tonne more costs and what one tonne less saves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from planner.analysis.sensitivity.convex_root import convex_root
from planner.analysis.sensitivity.rhs_ranging import RhsRanging
from planner.arrays import Floats, Integers
from planner.errors import InfeasibleError
from planner.given import require_kind
from planner.scenario import Scenario
from planner.scenario.lookup import find_code, find_period
from planner.solution import Solution
from planner.solution.price_parts import PriceParts
from planner.solution.solution import LEAST_TONNES
from planner.solution.tables.price_table import (
    LEAST,
    cell_of_need_column,
    cells_in_parts,
    need_in_rows,
    need_weight_by_cell,
    tonnes,
)
from planner.solving.parametric import ParametricModel, Shift
from planner.solving.priced_parts import HELD

AGREEMENT = 1e-6
"""Share of price x tonnes by which the cost of solving again may differ."""
DIGITS = 1e-13
"""Share of the whole cost, penalties included, that solving again cannot tell apart."""

CRUMB = 1e-6
"""Less than this does not go unmet for a tonne, t."""
ENDLESS = 1e9
"""A price that holds for so many tonnes has no end, t."""


def price_ranges(
    solution: Solution, commodity: str, *, province: str | None = None, period: str | None = None
) -> pd.DataFrame:
    """Return how far each local price of a commodity holds, every end checked by solving again.

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
    need, none more to be had, or where it would go unmet. `degenerate`: the price holds on one side at most.
    `kind`, `gap_t_per_t` and `short_t_per_t` as in `prices.csv`: a short cell has no rupiah; its interval is
    that in which every tonne more or less is missing. What stages before the cost have reached stays as it is,
    in tonnes, but for the least that goes unmet, which moves with the need.

    Raises
    ------
    OptionError
        If this is no plan, or there is no such commodity, province or period.
    """
    require_kind(solution, Solution, "planner.analysis.price_ranges")
    index = solution.row("balance").index
    asked = parse_query(solution.scenario, commodity, province, period)
    matches = [solution.label(axis, index[axis]) == code for axis, code in asked.items()]
    cells = np.flatnonzero(np.all(matches, axis=0))
    rows, uppers = _need_bounds(solution)[cells], _unmet_bounds(solution)[cells]
    price = rows @ solution.duals + uppers @ np.minimum(solution.reduced_costs, 0.0)
    reach = RhsRanging(solution.program, solution.basis).reach(rows, uppers)
    need, parts = solution.balance.need.ravel(), cells_in_parts(solution)
    model, found = ParametricModel(solution), []
    for i, cell in enumerate(cells):
        row, upper = rows[[i]], uppers[[i]]
        shift = Shift(row.indices, row.data, upper.indices, upper.data)
        moved = _Cell(model, shift, float(price[i]), float(parts.idr[cell]))
        less = moved.side(-1, reach.less[i], need[cell], firm=reach.less_firm[i])
        more = moved.side(1, reach.more[i], np.inf, firm=reach.more_firm[i])
        found.append((*less, *more))
    return _table(solution, cells, parts, np.array(found).reshape(-1, 4))


def parse_query(
    scenario: Scenario, commodity: str, province: str | None, period: str | None
) -> dict[str, str]:
    """Return the codes of what is asked, as `price_ranges` does, before anything is solved.

    Raises
    ------
    OptionError
        As `price_ranges`.
    """
    asked = {"commodity": find_code(scenario, "commodities", commodity)}
    if province:
        asked["province"] = find_code(scenario, "provinces", province)
    if period:
        asked["period"] = find_period(scenario, period)
    return asked


@dataclass(frozen=True, slots=True)
class _Cell:
    """The need of a cell, to be moved by some tonnes and solved again; `price` with penalties, `idr` in money."""

    model: ParametricModel
    shift: Shift
    price: float
    idr: float

    @property
    def short(self) -> bool:
        """Return whether need is what gives way."""
        return bool(np.isnan(self.idr))

    def side(self, sign: int, reach: float, most: float, *, firm: bool) -> tuple[float, float]:
        """Return how far the price holds on a side, t, and what one tonne there costs or saves, IDR.

        `reach` is what the ratio test found; where that end is not firm, the price is followed further.
        That is not done for a penalty, which is no price.
        """
        reach, one = min(reach, most), self.idr
        if not self.short and reach < 1.0:
            one = self._one(sign) if most >= 1.0 else np.nan
        if not self.short and not firm and reach < most:
            reach = self._followed(sign, reach, most)
        return (reach if self._height(sign, reach)[0] == 0.0 else np.nan), one

    def _one(self, sign: int) -> float:
        """Return what one tonne more costs or one less saves, IDR; NaN if it cannot be had, or would go unmet."""
        if self._height(sign, 1.0)[0] == 0.0:
            return self.idr
        try:
            money, unmet = self.model.rise(self.shift, float(sign))
        except InfeasibleError:
            return np.nan
        return sign * money if sign * unmet <= CRUMB else np.nan

    def _followed(self, sign: int, reach: float, most: float) -> float:
        """Follow a price from where the ratio test stopped to where it ends, or no plan is left."""
        held, beyond = reach, np.inf
        tried = min(max(2 * held, 1.0), most)
        while held < tried < ENDLESS and beyond - held > LEAST_TONNES:
            height, _ = self._height(sign, tried)
            if 0.0 < height < np.inf:
                return max(held, convex_root(lambda tonnes: self._height(sign, tonnes), tried))
            held, beyond = (tried, beyond) if height == 0.0 else (held, tried)
            tried = min(2 * held, most, (held + beyond) / 2)
        return held if tried < ENDLESS else np.inf

    def _height(self, sign: int, tonnes: float) -> tuple[float, float]:
        """Return by how much more than price x tonnes the cost moves, IDR, and how fast that grows.

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
    """Return which upper bound rises with the need of each cell: one row for each cell."""
    unmet, cell = solution.column("unmet"), cell_of_need_column(solution)
    size = solution.row("balance").size, len(solution.values)
    return coo_array((np.ones(unmet.size), (cell, unmet.ids)), size).tocsr()


def _need_bounds(solution: Solution) -> csr_array:
    """Return by how much the bounds of each row move with the need of a cell, the least unmet need included."""
    need, covered = need_in_rows(solution), solution.covered
    held = [solution.row(name).start for name in HELD if name in solution.program.rows]
    if covered is None or not held:
        return need
    rates = need @ covered.rates
    whole = solution.reduced_cost("unmet") < -LEAST
    weight = solution.program.weight[solution.column("unmet").span]
    rates[cell_of_need_column(solution)[whole]] = weight[whole]
    rows, every = np.tile(held, len(rates)), np.repeat(np.arange(len(rates)), len(held))
    moving = np.repeat(rates, len(held))
    return csr_array(need + coo_array((moving, (every, rows)), need.shape).tocsr())


def _table(solution: Solution, cells: Integers, parts: PriceParts, sides: Floats) -> pd.DataFrame:
    index, weight = solution.row("balance").index, need_weight_by_cell(solution)
    less, one_less, more, one_more = sides.T
    wanted = solution.balance.need.ravel()[cells]
    stuck = (more < LEAST_TONNES) | ((less < LEAST_TONNES) & (wanted >= LEAST_TONNES))
    axes = ("province", "commodity", "period")
    table = pd.DataFrame(
        {axis: solution.label(axis, index[axis][cells]) for axis in axes}
        | {
            "kind": parts.kind[cells],
            "idr_per_t": parts.idr[cells],
            "gap_t_per_t": tonnes(parts.gap)[cells],
            "short_t_per_t": tonnes(parts.unmet / weight)[cells],
            "less_t": less,
            "more_t": more,
            "one_less_idr_per_t": one_less + 0.0,
            "one_more_idr_per_t": one_more + 0.0,
            "degenerate": stuck,
        }
    )
    return table.sort_values(list(axes), ignore_index=True)
