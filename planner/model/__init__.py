"""The linear program as arrays; knows nothing of any solver."""

from planner.model.formulation import FAMILIES, describe_formulation, formulate
from planner.model.program import METHOD_PENALTIES, PENALTIES, Block, Program, Role

__all__ = [
    "FAMILIES",
    "METHOD_PENALTIES",
    "PENALTIES",
    "Block",
    "Program",
    "Role",
    "describe_formulation",
    "formulate",
]
