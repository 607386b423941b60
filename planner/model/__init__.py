"""The linear program as arrays; knows nothing of any solver."""

from planner.model.formulation import FAMILIES, describe_formulation, formulate
from planner.model.program import Block, Program

__all__ = ["FAMILIES", "Block", "Program", "describe_formulation", "formulate"]
