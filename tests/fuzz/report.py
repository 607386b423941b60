"""What came of the mutants: a table by kind, and examples of what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planner.errors import format_problems

from .judge import BAD, Verdict
from .mutant import Truth
from .run import Case, Subject


def report(cases: Sequence[Case], shown: int) -> str:
    """Return the table and the examples.

    Parameters
    ----------
    cases
        What was judged.
    shown
        Examples of each kind and verdict.
    """
    by_kind: dict[tuple[str, str], list[Case]] = {}
    for case in sorted(cases, key=lambda case: case.mutant.kind):
        by_kind.setdefault((case.mutant.kind, case.mutant.truth.value), []).append(case)
    head = ["kind", "truth", "mutants", "good", *(verdict.value for verdict in BAD)]
    lines = ["| " + " | ".join(head) + " |", "|---|---|" + "---:|" * (len(head) - 2)]
    for (kind, truth), group in by_kind.items():
        lines.append(_row(kind, truth, group))
    lines.append(_row("all", "", cases))
    lines += [
        _row("all", truth.value, [case for case in cases if case.mutant.truth is truth])
        for truth in Truth
    ]
    return "\n".join([*lines, "", *_examples(by_kind, shown)]) + "\n"


def _row(kind: str, truth: str, cases: Sequence[Case]) -> str:
    count = Counter(case.judged.verdict for case in cases)
    figures = [len(cases), count[Verdict.GOOD], *(count[verdict] for verdict in BAD)]
    return "| " + " | ".join([kind, truth, *(str(n) if n else "" for n in figures)]) + " |"


def _examples(by_kind: dict[tuple[str, str], list[Case]], shown: int) -> list[str]:
    lines = []
    for (kind, _), group in by_kind.items():
        for verdict in BAD:
            for case in [case for case in group if case.judged.verdict is verdict][:shown]:
                place = f"{case.mutant.file}:{case.mutant.line} {case.mutant.column}"
                lines += [
                    f"{verdict.value}: {kind}: {case.subject} --seed {case.seed} --number {case.number}",
                    f"    {place} {case.mutant.written[:60]!r}",
                    f"    {case.judged.detail[:600]}",
                ]
    return lines


def told_of(case: Case, subject: Subject) -> str:
    """Return all about one mutant."""
    mutant = case.mutant
    answer = subject.ask(mutant.contents)
    lines = [
        f"{mutant.kind} ({mutant.truth.value}): {case.judged.verdict.value}",
        f"at {mutant.file}:{mutant.line} {mutant.column}: {mutant.written!r}",
        *format_problems(answer.problems, "en"),
        answer.crash or ("refused" if answer.figures is None else "accepted"),
        case.judged.detail,
    ]
    return "\n".join(lines) + "\n"
