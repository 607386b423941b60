"""The proof of a balance in sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.exchange.balance_audit.vocabulary import lines_in_roles
from planner.i18n import number, signed, text

RATIOS = lines_in_roles("ratio")
"""Lines that are no tonnes."""
MOST_NAMES = 5
"""Names that are told before the rest is only counted."""
MOST_LINES = 30
"""Identities that close and are told one by one; more are told by kind."""
_OF_LINES = {"missing_figure", "one_use", "other_uses_only", "surplus_no_stock"}
"""Reasons that are about lines of the balance; the others name what stands in the file."""


def balance_audit_report(proof: pd.DataFrame, language: str) -> list[str]:
    """Report what closes, what was not tested and why, and what breaks.

    Parameters
    ----------
    proof
        What `prove` gave.
    language
        ``"id"`` or ``"en"``.

    Returns
    -------
    One line for each identity, those that break last, and a last line that counts them.
    """
    verdict = proof["verdict"]
    broken, open_ = verdict == "breaks", verdict.isin(["untested", "remark"])
    lines = _holding(proof.loc[~broken & ~open_], language)
    lines += _untested(proof.loc[open_], language)
    lines += [_line(row, language) for _, row in proof.loc[broken].iterrows()]
    return [*lines, _summed_up(proof, language)]


def is_proven(proof: pd.DataFrame) -> bool:
    """Check whether something was tested, and all that was tested holds."""
    verdict = proof["verdict"]
    return bool(verdict.isin(["closes", "rounding"]).any() and (verdict != "breaks").all())


def _summed_up(proof: pd.DataFrame, language: str) -> str:
    counts = proof["verdict"].value_counts()
    named = {key: int(counts.get(key, 0)) for key in ("closes", "rounding", "breaks", "untested")}
    tested = named["closes"] + named["rounding"] + named["breaks"]
    values = {"count": tested, "broken": named["breaks"], "rounding": named["rounding"]}
    key = "none_tested" if not tested else "some_break" if named["breaks"] else "all_close"
    said = text(f"proof.{key}", language, **values)
    if not named["untested"] or not tested:
        return said
    return f"{said} {text('proof.left_open', language, count=named['untested'])}"


def _holding(rows: pd.DataFrame, language: str) -> list[str]:
    """Report what closes: one line each, or where these are many one for each identity."""
    if len(rows) <= MOST_LINES:
        return [_line(row, language) for _, row in rows.iterrows()]
    told = []
    for (identity, verdict), same in rows.groupby(["identity", "verdict"], sort=False):
        values = {
            "identity": _identity(str(identity), language),
            "verdict": text(f"proof.{verdict}", language),
            "balances": _few(list(dict.fromkeys(same["balance"])), language),
            "count": len(same),
        }
        told.append(text("proof.rows_close", language, **values))
    return told


def _untested(rows: pd.DataFrame, language: str) -> list[str]:
    """Report what was not tested; the same of several balances in one line."""
    lines = []
    for _, same in rows.groupby(["identity", "why", "names"], sort=False):
        first = same.iloc[0]
        balances = [name for name in same["balance"] if name]
        place = _few(balances, language) if balances else ""
        at = text("proof.line", language, line=first["line"]) if first["line"] else ""
        where = ", ".join(filter(None, [place, at if len(same) == 1 else ""]))
        identity = _identity(first["identity"], language) if first["identity"] else ""
        why = text(f"proof.why.{first['why']}", language, names=_names(first, language))
        about = ": ".join(filter(None, [where, identity]))
        verdict = text(f"proof.{first['verdict']}", language)
        lines.append(f"{about}: {verdict}. {why}" if about else f"{verdict}. {why}")
    return lines


def _names(row: pd.Series[Any], language: str) -> str:
    names = [name for name in row["names"].split("; ") if name]
    if row["why"] in _OF_LINES:
        names = [text(f"proof.item.{name}", language) for name in names]
    elif row["why"] == "no_identity" and not names:
        return text("proof.all_balances", language)
    return _few(names, language)


def _few(names: list[str], language: str) -> str:
    told = ", ".join(names[:MOST_NAMES])
    rest = len(names) - MOST_NAMES
    return f"{told} {text('proof.and_more', language, count=rest)}" if rest > 0 else told


def _line(row: pd.Series[Any], language: str) -> str:
    identity = _identity(row["identity"], language)
    place = ", ".join(
        filter(None, [row["balance"], text("proof.line", language, line=row["line"])])
    )
    names = ("published", "computed", "slack")
    size = {name: _amount(row[name], row, language) for name in names}
    size["difference"] = signed(_amount(abs(row["difference"]), row, language), row["difference"])
    verdict = text(f"proof.{row['verdict']}", language)
    key = "proof.row_closes" if row["verdict"] == "closes" else "proof.row"
    told = [text(key, language, place=f"{place}: ", identity=identity, verdict=verdict, **size)]
    if row["twin"]:
        copied = text(f"proof.item.{row['twin']}", language)
        told.append(text("proof.twin", language, published=size["published"], item=copied))
    if row["names"]:
        blank = [text(f"proof.item.{name}", language) for name in row["names"].split("; ")]
        told.append(text("proof.blank", language, items=", ".join(blank)))
    return " ".join(told)


def _identity(identity: str, language: str) -> str:
    kind, _, item = identity.partition(":")
    if item:
        return text(f"proof.{kind}_of", language, item=text(f"proof.item.{item}", language))
    return text(f"proof.{kind}", language)


def _amount(value: float, row: pd.Series[Any], language: str) -> str:
    """Write tonnes or days, with a decimal where the figures are fine enough for one."""
    unit = "proof.days" if row["identity"] in RATIOS else "unit.tonnes"
    decimals = 1 if abs(value) < 1000 and row["slack"] < 100 else 0
    return f"{number(value, language, decimals)} {text(unit, language)}"
