"""Figures that are allowed and yet hardly true: a wrong unit, a lost separator, a slip of the point or of columns.

Only what can be nothing but kilograms stops a run; all else are remarks, for a figure may be odd and right. A
figure is held against those of other rows (their median, or their range without its own row) or against what
another table makes of it, and never against one figure alone: else the right one would be accused.
Where it is held against others there must be eight of them.
"""

from planner.scenario.checks.plausibility.remarks import implausible, impossible

__all__ = ["implausible", "impossible"]
