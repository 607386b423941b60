"""The periods of a plan, and what share of a year falls into each."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from planner.arrays import Array, Floats

Length = Literal["week", "month", "quarter", "year"]

_FREQUENCY = {"week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
_DAYS = {"week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}


@dataclass(frozen=True)
class Horizon:
    """Consecutive periods of one length.

    Parameters
    ----------
    start
        First period: 2023-01, 2023-W05, 2023-Q1 or 2023.
    periods
        Number of periods.
    length
        Length of a period.
    """

    start: str
    periods: int
    length: Length

    @property
    def days(self) -> float:
        """Mean days of a period, for time on the way and for what spoils."""
        return _DAYS[self.length]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Labels of the periods in order."""
        return tuple(_label(period, self.length) for period in self._range)

    def labels_with(self, more: int) -> tuple[str, ...]:
        """Labels of the periods and of `more` periods behind the last."""
        return Horizon(self.start, self.periods + more, self.length).labels

    @property
    def first_day(self) -> dt.date:
        """First day of the first period."""
        day: dt.date = self._range[0].start_time.date()
        return day

    def periods_of(self, days: pd.DatetimeIndex) -> Array:
        """Return the label of the period of each day; "" where it lies outside the horizon."""
        place = self._range.get_indexer(days.to_period(_FREQUENCY[self.length]))
        return np.where(place >= 0, np.array(self.labels, dtype=object)[place], "")

    def begun_by(self, day: dt.date) -> tuple[str, ...]:
        """Return the labels of the periods that begin on a day or before it."""
        starts = (period.start_time.date() for period in self._range)
        return tuple(
            label for label, start in zip(self.labels, starts, strict=True) if start <= day
        )

    def label_of(self, when: pd.Period | dt.date) -> str:
        """Return the label of a period of this length, or of the one that begins on a day; "" where it is none."""
        if not isinstance(when, pd.Period):
            period = pd.Period(when, freq=_FREQUENCY[self.length])
            return _label(period, self.length) if period.start_time == pd.Timestamp(when) else ""
        same = pd.Period(when.start_time, freq=_FREQUENCY[self.length])
        begins, ends = same.start_time == when.start_time, same.end_time == when.end_time
        return _label(same, self.length) if begins and ends else ""

    @cached_property
    def _range(self) -> pd.PeriodIndex:
        first = parse_period(self.start, self.length)
        return pd.period_range(first, periods=self.periods, freq=_FREQUENCY[self.length])

    def shares(self, profile: Floats | None = None) -> Floats:
        """Return the share of a calendar year that falls into each period.

        Parameters
        ----------
        profile
            Shares of the twelve months, summing to 1; None for the same every day.

        Returns
        -------
        Shares of the year, one a period; each month is spread evenly over its days.
        """
        first, last = self._range[0].start_time, self._range[-1].end_time
        days = pd.date_range(first, last.normalize(), freq="D")
        if profile is None:
            weight = 1.0 / np.where(days.is_leap_year, 366.0, 365.0)
        else:
            weight = profile[days.month.to_numpy() - 1] / days.days_in_month.to_numpy()
        period_of_day = self._range.get_indexer(days.to_period(_FREQUENCY[self.length]))
        return np.bincount(period_of_day, weights=weight, minlength=self.periods)


def parse_period(text: str, length: Length) -> pd.Period:
    """Read a label.

    Raises
    ------
    ValueError
        If the text is no label of a period of that length.
    """
    if not re.fullmatch(_PATTERN[length], text):
        message = f"{text!r} is no {length}"
        raise ValueError(message)
    if length == "week":
        year, week = text.split("-W")
        return pd.Period(pd.Timestamp.fromisocalendar(int(year), int(week), 1), freq="W-SUN")
    return pd.Period(text.replace("-Q", "Q"), freq=_FREQUENCY[length])


_PATTERN = {
    "week": r"[0-9]{4}-W[0-9]{2}",
    "month": r"[0-9]{4}-(0[1-9]|1[0-2])",
    "quarter": r"[0-9]{4}-Q[1-4]",
    "year": r"[0-9]{4}",
}


def _label(period: pd.Period, length: Length) -> str:
    if length == "week":
        year, week, _ = period.start_time.isocalendar()
        return f"{year}-W{week:02d}"
    if length == "quarter":
        return f"{period.year}-Q{period.quarter}"
    return str(period)
