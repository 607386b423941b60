"""Solvers and libraries that are handed the finished arrays; run as a process of its own.

`python alone.py NAME ARRAYS RESULT` reads the arrays that `contenders.py arrays` wrote, and answers as
`contenders.py` does. Nothing of the planner is loaded here, so that peak memory is the solver's own.

highspy            arrays given to `Highs.passModel`: the floor; with dual simplex, the same without
                   presolve, and interior point with crossover
scipy              `scipy.optimize.linprog(method="highs")`
linopy             variables and families of rows as labelled expressions, solved with `io_api="direct"`
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import clock as measured
import numpy as np
from clock import Answer, Clock, require

type Arrays = dict[str, Any]

IDR = 1e6
"""Rupiah in one unit of the objective that HiGHS sees."""


def raw_highs(given: Arrays, clock: Clock, **options: Any) -> Answer:
    """Return the arrays to HiGHS with nothing in between."""
    import highspy

    with clock("hand over"):
        highs = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1, **options}.items():
            highs.setOptionValue(name, value)
        _pass(highs, given)
    with clock("solve"):
        highs.run()
    with clock("read back"):
        solution = highs.getSolution()
        for part in (solution.col_value, solution.col_dual, solution.row_dual):
            np.array(part)
    require(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)
    return _answer(highs.getObjectiveValue() * IDR, given)


def _pass(highs: Any, given: Arrays) -> None:
    """Use the flat overload of `passModel`: sizes, format, sense, offset, arrays, no integers."""
    import highspy

    by_row, minimise = int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize)
    rows, columns = len(given["row_lower"]), len(given["cost"])
    status = highs.passModel(
        *(columns, rows, len(given["values"]), by_row, minimise, 0.0, given["cost"] / IDR),
        *(given[bound] for bound in ("lower", "upper", "row_lower", "row_upper")),
        *(given[part] for part in ("starts", "columns", "values")),
        np.zeros(columns, dtype=np.int32),
    )
    require(status == highspy.HighsStatus.kOk)


def scipy_linprog(given: Arrays, clock: Clock) -> Answer:
    """Sort the rows into equations and upper bounds, as `linprog` asks."""
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    with clock("build"):
        matrix = _matrix(given)
        lower, upper = given["row_lower"], given["row_upper"]
        equal = lower == upper
        above, below = np.isfinite(lower) & ~equal, np.isfinite(upper) & ~equal
        rows = {
            "A_eq": matrix[equal],
            "b_eq": upper[equal],
            "A_ub": vstack([matrix[below], -matrix[above]]),
            "b_ub": np.concatenate([upper[below], -lower[above]]),
        }
        bounds = np.column_stack([given["lower"], given["upper"]])
    with clock("solve"):  # hand-over and reading back stand inside
        result = linprog(given["cost"] / IDR, bounds=bounds, method="highs", **rows)
    require(result.status == 0)
    return _answer(result.fun * IDR, given)


def linopy(given: Arrays, clock: Clock) -> Answer:
    """Write each family of rows as a sum over the entries of its rows, grouped by row."""
    import pandas as pd
    from linopy import Model

    with clock("build"):
        model = Model()
        index = pd.RangeIndex(len(given["cost"]), name="column")
        x = model.add_variables(given["lower"], given["upper"], coords=[index], name="x")
        model.add_objective((given["cost"] / IDR * x).sum())
        for family, rows in enumerate(_families(given)):
            _add_rows(model, x, given, rows, str(family))
    with clock("hand over"):  # all but the time that HiGHS itself counts
        status, _ = model.solve("highs", io_api="direct", threads=1, output_flag=False)
    solved = min(model.solver_model.getRunTime(), clock.seconds["hand over"])
    clock.seconds["hand over"] -= solved
    clock.seconds["solve"] += solved
    require(status == "ok")
    return _answer(float(model.objective.value) * IDR, given)


def _families(given: Arrays) -> list[slice]:
    ends = np.cumsum(given["families"])
    starts = ends - given["families"]
    return [slice(s, e) for s, e in zip(starts, ends, strict=True) if e > s]


def _add_rows(model: Any, x: Any, given: Arrays, rows: slice, name: str) -> None:
    import pandas as pd
    import xarray as xr

    starts = given["starts"]
    here = slice(starts[rows.start], starts[rows.stop])
    row = np.repeat(np.arange(rows.stop - rows.start), np.diff(starts[rows.start : rows.stop + 1]))
    entry = pd.RangeIndex(len(row), name="entry")
    columns = xr.DataArray(given["columns"][here], coords=[entry])
    terms = x.sel(column=columns) * xr.DataArray(given["values"][here], coords=[entry])
    sums = terms.groupby(pd.Series(row, index=entry, name="row")).sum()
    lower, upper = given["row_lower"][rows], given["row_upper"][rows]
    equal, below = lower == upper, np.isfinite(upper)
    sense = np.where(equal, "=", np.where(below, "<=", ">="))
    label = {"row": sums.coords["row"]}
    right = xr.DataArray(np.where(below, upper, lower)[label["row"]], coords=label)
    model.add_constraints(sums, xr.DataArray(sense[label["row"]], coords=label), right, name=name)


def _matrix(given: Arrays) -> Any:
    from scipy.sparse import csr_array

    shape = len(given["row_lower"]), len(given["cost"])
    return csr_array((given["values"], given["columns"], given["starts"]), shape=shape)


def _answer(objective: float, given: Arrays) -> Answer:
    return Answer(objective, len(given["cost"]), len(given["row_lower"]))


ALONE: dict[str, Callable[[Arrays, Clock], Answer]] = {
    "highspy": raw_highs,
    "highspy, no presolve": partial(raw_highs, presolve="off"),
    "highspy, interior point": partial(raw_highs, solver="ipm"),
    "scipy": scipy_linprog,
    "linopy": linopy,
}


def main(name: str, arrays: str, result: str) -> None:
    importlib.import_module(name.partition(",")[0])
    clock = Clock()
    with np.load(arrays) as file:
        given = dict(file)
    measured.write(result, clock, ALONE[name](given, clock))


if __name__ == "__main__":
    main(*sys.argv[1:])
