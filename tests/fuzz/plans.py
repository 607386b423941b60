"""Plans of random scenarios with every feature against the textbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from against_textbook import RefusedError, disagreements
from at_random import with_every_feature
from hypothesis import HealthCheck, Phase, given, seed, settings

from planner import Scenario

SHOWN = 6
"""Disagreements of one plan that are told before the rest is only counted."""


class Held(NamedTuple):
    """What came of one scenario: why it was refused, and in what its plan and the textbook differ."""

    number: int
    refused: str
    differs: Sequence[str]


def held_against_the_textbook(
    count: int, from_seed: int, number: int | None, done: Callable[[Held], None]
) -> None:
    """Draw scenarios and hold the plan of each against the textbook.

    Parameters
    ----------
    count, from_seed
        How many are drawn: the same seed draws the same ones in the same order.
    number
        The only one to be solved; None for all.
    done
        Called with each result as it comes.
    """
    numbers = iter(range(count))

    @seed(from_seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(with_every_feature())
    def each(scenario: Scenario) -> None:
        here = next(numbers)
        if number in {None, here}:
            done(_held(here, scenario))

    each()


def _held(number: int, scenario: Scenario) -> Held:
    try:
        return Held(number, "", disagreements(scenario))
    except RefusedError as error:
        return Held(number, str(error), [])
    except Exception as error:  # noqa: BLE001 (the run goes on with the next)
        return Held(number, "", [f"{type(error).__name__}: {error}"])


def told(held: Held, from_seed: int) -> str:
    """Return a disagreement with the command that shows it again; nothing where there is none."""
    if not held.differs:
        return ""
    again = f"plans --seed {from_seed} --number {held.number}"
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
