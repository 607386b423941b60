"""The table `rules`: which lanes each rule counts, and the rows it makes of them."""

from planner.market.rules.rule_problems import rule_problems
from planner.market.rules.rule_rows import RuleRows, Terms, build_rule_rows, row_names

__all__ = ["RuleRows", "Terms", "build_rule_rows", "row_names", "rule_problems"]
