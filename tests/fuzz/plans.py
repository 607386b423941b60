"""Plans of random scenarios with every feature against the textbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from against_textbook import RefusedError, disagreements
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st
from strategies import with_every_feature

from planner import Scenario

SHOWN = 6
"""Disagreements of one plan that are told before the rest is only counted."""


class Held(NamedTuple):
    """What came of one scenario: why it was refused, and in what its plan and the textbook differ."""

    number: int
    refused: str
    differs: Sequence[str]


@st.composite
def _not_the_plainest(draw: st.DrawFn) -> Scenario:
    """Draw a scenario by chance: Hypothesis begins with the plainest of all draws, which has nothing in it."""
    assume(draw(st.integers(0, 2**16)) > 0)
    return draw(with_every_feature())


def held_against_the_textbook(of_seed: int, number: int) -> Held:
    """Draw a scenario, the same one for the same seed and number, and hold its plan against the textbook."""
    drawn: list[Scenario] = []

    @seed(f"{of_seed} {number}")
    @settings(
        max_examples=1,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_not_the_plainest())
    def once(scenario: Scenario) -> None:
        drawn.append(scenario)

    once()
    try:
        return Held(number, "", disagreements(drawn[0]))
    except RefusedError as error:
        return Held(number, str(error), [])
    except Exception as error:  # noqa: BLE001 (the run goes on with the next)
        return Held(number, "", [f"{type(error).__name__}: {error}"])


def told(held: Held, of_seed: int) -> str:
    """Return a disagreement with the command that shows it again; nothing where there is none."""
    if not held.differs:
        return ""
    again = f"plans --seed {of_seed} --number {held.number}"
    more = len(held.differs) - SHOWN
    lines = [again, *held.differs[:SHOWN], *([f"and {more} more"] if more > 0 else [])]
    return "\n    ".join(lines) + "\n"


def counted(found: Sequence[Held]) -> str:
    """Return how many plans agree, disagree and were refused for which reason."""
    differ = sum(bool(held.differs) for held in found)
    reasons = Counter(held.refused for held in found if held.refused)
    agree = len(found) - differ - reasons.total()
    lines = [f"{len(found)} scenarios: {agree} plans agree, {differ} disagree"]
    lines += [f"{many} refused, rightly: {reason}" for reason, many in reasons.most_common()]
    return "\n".join(lines) + "\n"
