"""The proof of a balance in sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.exchange.proof.items import RATIOS
from planner.language import number, signed, text


def proof_told(proof: pd.DataFrame, language: str) -> list[str]:
    """Tell what closes and what breaks.

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
    broken = proof["verdict"] == "breaks"
    ordered = pd.concat([proof.loc[~broken], proof.loc[broken]])
    lines = [_line(row, language) for _, row in ordered.iterrows()]
    counts = {
        "count": len(proof),
        "broken": int(broken.sum()),
        "rounding": int((proof["verdict"] == "rounding").sum()),
    }
    closing = "proof.some_break" if broken.any() else "proof.all_close"
    return [*lines, text(closing, language, **counts)]


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
    told = text(key, language, place=f"{place}: ", identity=identity, verdict=verdict, **size)
    if not row["twin"]:
        return told
    copied = text(f"proof.item.{row['twin']}", language)
    return f"{told} {text('proof.twin', language, published=size['published'], item=copied)}"


def _identity(identity: str, language: str) -> str:
    kind, _, item = identity.partition(":")
    if item:
        return text("proof.total", language, item=text(f"proof.item.{item}", language))
    return text(f"proof.{kind}", language)


def _amount(value: float, row: pd.Series[Any], language: str) -> str:
    """Write tonnes or days, with a decimal where the figures are fine enough for one."""
    unit = "proof.days" if row["identity"] in RATIOS else "unit.tonnes"
    decimals = 1 if abs(value) < 1000 and row["slack"] < 100 else 0
    return f"{number(value, language, decimals)} {text(unit, language)}"
