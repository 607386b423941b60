"""The table `rules`: which lanes each rule counts, and the rows it makes of them."""

from planner.rules.problems import rule_problems
from planner.rules.rows import RuleRows, Terms, row_names, rule_rows

__all__ = ["RuleRows", "Terms", "row_names", "rule_problems", "rule_rows"]
