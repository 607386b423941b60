"""What `planner` makes of a spoilt input, and whether that is right."""

from __future__ import annotations

import re
import traceback
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from planner.errors import Problem, format_problems

from .mutant import Mutant, Truth
from .obey import edits_of

ROUNDS = 3
"""How often what the messages ask is done before it counts as leading nowhere."""
LONGEST, MOST = 900, 60
"""Letters of a message, and messages, that somebody still reads."""


class Verdict(Enum):
    """What came of a spoilt input."""

    GOOD = "good"
    TRACEBACK = "traceback"
    ACCEPTED = "accepted"
    """Wrong or unclear, and other figures were read without a word at the place."""
    REFUSED = "refused"
    """Harmless, and refused; or accepted with other figures."""
    PLACELESS = "placeless"
    ELSEWHERE = "elsewhere"
    LYING = "lying"
    """Obeying the messages gives other figures than were meant."""
    STUCK = "stuck"
    """Obeying the messages leads to the next message, and to no end."""
    UNREADABLE = "unreadable"
    """A message with control characters, or too long to be read."""


BAD = [verdict for verdict in Verdict if verdict is not Verdict.GOOD]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said.

    Parameters
    ----------
    problems
        Problems and remarks.
    figures
        What was read; None where it was refused.
    crash
        The traceback; "" where there was none.
    warned
        Whether the answer itself says that not all is well, such as that something was not tested.
    """

    problems: Sequence[Problem]
    figures: object | None = None
    crash: str = ""
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and the words it rests on."""

    verdict: Verdict
    detail: str = ""


type Ask = Callable[[Mapping[str, bytes | None]], Answer]
"""Answer for the subject with some of its files changed."""
type Obey = Callable[
    [Mapping[str, bytes | None], Sequence[Problem]], Mapping[str, bytes | None] | None
]
"""Give the changed files after doing what the messages ask; None where they ask nothing that can be done."""


def judge(mutant: Mutant, sound: object, ask: Ask, obey: Obey) -> Judged:
    """Judge what is said of a spoilt input.

    Parameters
    ----------
    mutant
        The input.
    sound
        The figures of the sound one.
    ask
        Asks `planner`.
    obey
        Does what its messages ask.
    """
    answer = ask(mutant.contents)
    if answer.crash:
        return Judged(Verdict.TRACEBACK, answer.crash)
    words = format_problems(answer.problems, "en")
    if ugly := _unreadable([*words, *format_problems(answer.problems, "id")]):
        return Judged(Verdict.UNREADABLE, ugly)
    accepted = answer.figures is not None
    right = accepted and answer.figures == sound and mutant.original
    shown = " | ".join(words[:4])
    if mutant.truth is Truth.HARMLESS:
        return Judged(
            Verdict.GOOD if right else Verdict.REFUSED, shown or "accepted, other figures"
        )
    if right or (accepted and answer.warned):
        return Judged(Verdict.GOOD)
    if mutant.truth is Truth.OPEN:
        return Judged(Verdict.GOOD)
    here = [problem for problem in answer.problems if _is_at(problem, mutant)]
    if accepted and not here:
        return Judged(Verdict.ACCEPTED, shown)
    if not here:
        placed = any(problem.file for problem in answer.problems)
        return Judged(Verdict.ELSEWHERE if placed else Verdict.PLACELESS, shown)
    return (
        Judged(Verdict.GOOD, shown)
        if mutant.added
        else _obeyed(mutant, sound, answer, ask, obey, shown)
    )


def _obeyed(
    mutant: Mutant, sound: object, answer: Answer, ask: Ask, obey: Obey, shown: str
) -> Judged:
    contents: Mapping[str, bytes | None] = mutant.contents
    for done in range(ROUNDS):
        after = obey(contents, answer.problems)
        if after is None:
            return Judged(Verdict.STUCK if done else Verdict.GOOD, shown)
        contents, asked = after, answer
        answer = ask(contents)
        if answer.crash:
            return Judged(Verdict.TRACEBACK, answer.crash)
        if answer.figures is not None:
            if answer.figures == sound and mutant.original:
                return Judged(Verdict.GOOD, shown)
            edits = edits_of(asked.problems)[:3]
            done_so = ", ".join(f"{e.what} {e.column} {e.line}: {e.new[:30]}" for e in edits)
            return Judged(Verdict.LYING, f"{shown} -> {done_so}")
    return Judged(Verdict.STUCK, shown)


def _is_at(problem: Problem, mutant: Mutant) -> bool:
    """Return whether a problem stands where the fault lies; a column may be told as a whole."""
    cell = problem.cell
    names = {re.split(r"[\\/]", problem.file)[-1], cell.sheet if cell else ""}
    names |= {str(value).rpartition("/")[2] for value in problem.values.values()}
    if mutant.file and mutant.file.rpartition("/")[2] not in names:
        return False
    if mutant.column and problem.column and problem.column != mutant.column:
        return False
    if mutant.line and problem.line and problem.line != mutant.line:
        whole = bool(mutant.column) and problem.column == mutant.column
        return whole and problem.line == 1
    return bool(problem.line or not mutant.line or problem.column)


def _unreadable(lines: Sequence[str]) -> str:
    if len(lines) > MOST:
        return f"{len(lines)} messages: {lines[0]}"
    for line in lines:
        if len(line) > LONGEST:
            return f"{len(line)} letters: {line[:200]}"
        if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in line):
            return repr(line)
    return ""


def crash_of(error: BaseException) -> str:
    """Return the last lines of a traceback: where, and what."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame for frame in frames if "planner" in frame.filename and "tests" not in frame.filename
    ]
    last = ours[-1] if ours else frames[-1]
    where = f"{last.filename.rpartition('planner/')[2]}:{last.lineno} {last.name}"
    return f"{type(error).__name__} at {where}: {str(error)[:160]}"
