"""The plan and its tables: flows, nodes, coverage, prices, capacities, costs."""

from planner.solution.solution import Solution

__all__ = ["Solution"]
