"""Whether a published balance closes."""

from planner.exchange.proof.prove import prove
from planner.exchange.proof.words import proof_told, proven

__all__ = ["proof_told", "prove", "proven"]
