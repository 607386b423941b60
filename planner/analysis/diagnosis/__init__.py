"""Never only "infeasible": which limits stand against each other, and why a need is unmet."""

from planner.analysis.diagnosis.diagnose import ALL, Asked, Diagnosis, diagnose, why_unmet
from planner.analysis.diagnosis.lines import Change, Line

__all__ = ["ALL", "Asked", "Change", "Diagnosis", "Line", "diagnose", "why_unmet"]
