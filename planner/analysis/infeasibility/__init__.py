"""Never only "infeasible": which limits stand against each other, and why a need is unmet."""

from planner.analysis.infeasibility.diagnose import (
    Diagnosis,
    conflicting_rules,
    diagnose,
    explain_unmet,
    no_shortage,
)
from planner.analysis.infeasibility.query import Query, parse_query
from planner.analysis.infeasibility.remedies import FigureChange, LimitRef, Remedy

__all__ = [
    "Diagnosis",
    "FigureChange",
    "LimitRef",
    "Query",
    "Remedy",
    "conflicting_rules",
    "diagnose",
    "explain_unmet",
    "no_shortage",
    "parse_query",
]
