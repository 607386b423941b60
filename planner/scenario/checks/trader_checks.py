"""Checks of traders: certificates with dates that can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from planner.errors import Problem

type Frames = dict[str, pd.DataFrame]


def traders_make_sense(frames: Frames) -> Iterator[Problem]:
    """Find certificates whose last day is no date, and days without a certificate."""
    traders = frames["traders"]
    dated = traders["certified_until"] != ""
    for row in traders.loc[dated].to_dict("records"):
        place = row["_file"], int(row["_line"])
        values = {"value": row["certified_until"]}
        if parse_day(row["certified_until"]) is None:
            yield Problem("not_a_day", *place, "certified_until", values)
        elif row["certificate"] == "":
            yield Problem("certificate_without_name", *place, "certificate", values)


def expired_certificates(frames: Frames, start: dt.date) -> Iterator[Problem]:
    """Find certificates that ended before the horizon starts."""
    for row in frames["traders"].to_dict("records"):
        day = parse_day(row["certified_until"])
        if day is not None and day < start:
            values = {"value": row["certified_until"], "start": start}
            place = row["_file"], int(row["_line"]), "certified_until"
            yield Problem("certificate_expired", *place, values, blocking=False)


def parse_day(text: str) -> dt.date | None:
    """Read a date such as 2026-12-31; None where it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
