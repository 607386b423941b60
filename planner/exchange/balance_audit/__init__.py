"""Whether a published balance closes."""

from planner.exchange.balance_audit.audit import audit_balance
from planner.reports.balance_audit_report import balance_audit_report, is_proven

__all__ = ["audit_balance", "balance_audit_report", "is_proven"]
