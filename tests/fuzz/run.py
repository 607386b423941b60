"""Spoiling a subject again and again: the seed and the number of a mutant give the same mutant each time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from random import Random
from typing import NamedTuple, Protocol

from .judge import Answer, Judged, judge
from .mutant import Contents, Mutant


class Subject(Protocol):
    """Something that can be spoilt, and that `planner` can be asked about."""

    name: str
    sound: object

    def mutant(self, rng: Random) -> Mutant:
        """Spoil it."""

    def ask(self, contents: Contents) -> Answer:
        """Ask about it with some of its files changed."""

    def obey(self, contents: Contents, problems: list) -> Contents | None:  # type: ignore[type-arg]
        """Do what messages ask; None where they ask nothing that can be done without a thought."""


class Case(NamedTuple):
    """A mutant, how to make it again, and what came of it."""

    subject: str
    seed: int
    number: int
    mutant: Mutant
    judged: Judged


def mutant_of(subject: Subject, seed: int, number: int) -> Mutant:
    """Build a mutant again."""
    return subject.mutant(Random(zlib.crc32(f"{subject.name} {seed} {number}".encode())))


def case_of(subject: Subject, seed: int, number: int) -> Case:
    """Build a mutant and judge what is said of it."""
    mutant = mutant_of(subject, seed, number)
    judged = judge(mutant, subject.sound, subject.ask, subject.obey)
    return Case(subject.name, seed, number, mutant, judged)


def cases(subject: Subject, seed: int, count: int, kind: str = "") -> Iterator[Case]:
    """Judge many mutants; those of other kinds than the one asked for are left out."""
    for number in range(count):
        if kind in mutant_of(subject, seed, number).kind:
            yield case_of(subject, seed, number)
