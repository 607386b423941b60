"""The command of the fuzzer; `README.md` tells how to use it."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import warnings
from pathlib import Path

from .report import report, told_of
from .run import Case, case_of, cases
from .subjects import SUBJECTS, subject_of


def main() -> None:
    """Spoil subjects, judge what is said of each, and report by kind."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("subjects", nargs="*", help=f"of {', '.join(SUBJECTS)}; none: all of them")
    parser.add_argument("--count", type=int, default=2000, help="mutants of each subject")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--number", type=int, help="show this mutant alone, with what was said of it"
    )
    parser.add_argument("--kind", default="", help="only kinds whose name contains this")
    parser.add_argument(
        "--shown", type=int, default=3, help="examples of each kind that went wrong"
    )
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    found: list[Case] = []
    for name in asked.subjects or SUBJECTS:
        with tempfile.TemporaryDirectory() as place:
            subject = subject_of(name, Path(place))
            if asked.number is not None:
                sys.stdout.write(told_of(case_of(subject, asked.seed, asked.number), subject))
                continue
            with contextlib.suppress(KeyboardInterrupt):  # what was judged until then is reported
                for case in cases(subject, asked.seed, asked.count, asked.kind):
                    found.append(case)  # noqa: PERF402 (one by one: it may be interrupted)
    if asked.number is None:
        sys.stdout.write(report(found, asked.shown))


if __name__ == "__main__":
    main()
