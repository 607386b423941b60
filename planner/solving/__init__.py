"""Program -> Solution, through PuLP; the only importer of pulp and highspy."""

from planner.solving.algorithm import ALGORITHMS
from planner.solving.bridge import to_pulp
from planner.solving.kept import KeptModel
from planner.solving.kept_plan import KeptPlan, keep, keep_model
from planner.solving.solve import solve, solve_program
from planner.solving.solvers import SOLVERS

__all__ = [
    "ALGORITHMS",
    "SOLVERS",
    "KeptModel",
    "KeptPlan",
    "keep",
    "keep_model",
    "solve",
    "solve_program",
    "to_pulp",
]
