"""Program -> Solution, through PuLP; the only importer of pulp and highspy."""

from planner.solving.algorithm_choice import ALGORITHMS
from planner.solving.bridge import to_pulp
from planner.solving.model_file import export_model
from planner.solving.session import LpSession
from planner.solving.solve import solve, solve_program
from planner.solving.solvers import SOLVERS
from planner.solving.what_if_session import WhatIfSession, open_session, what_if

__all__ = [
    "ALGORITHMS",
    "SOLVERS",
    "LpSession",
    "WhatIfSession",
    "export_model",
    "open_session",
    "solve",
    "solve_program",
    "to_pulp",
    "what_if",
]
