"""Whether a published balance closes."""

from planner.exchange.balance_audit.audit import audit_balance

__all__ = ["audit_balance"]
