"""Never only "infeasible": which limits stand against each other, and why a need is unmet."""

from planner.analysis.diagnosis.asked import Asked, asked_of
from planner.analysis.diagnosis.diagnose import (
    Diagnosis,
    contradiction,
    diagnose,
    nothing_wrong,
    why_unmet,
)
from planner.analysis.diagnosis.lines import Change, Limit, Line
from planner.analysis.diagnosis.told import told

__all__ = [
    "Asked",
    "Change",
    "Diagnosis",
    "Limit",
    "Line",
    "asked_of",
    "contradiction",
    "diagnose",
    "nothing_wrong",
    "told",
    "why_unmet",
]
