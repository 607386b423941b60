"""All that can be spoilt, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .books import BookSubject
from .packages import PackageSubject, RunSubject
from .run import Subject
from .scenarios import SHIPPED, ScenarioSubject
from .single import BALANCES, BalanceSubject, ManifestSubject, RulesSubject

SCENARIOS = sorted(folder.name for folder in SHIPPED.iterdir() if folder.is_dir())
SUBJECTS: dict[str, Callable[[Path], Subject]] = {
    name: (lambda place, name=name: ScenarioSubject(name, place)) for name in SCENARIOS
}
SUBJECTS |= {
    f"book-{name}": (lambda place, name=name: BookSubject(name, place)) for name in SCENARIOS
}
SUBJECTS |= {
    "rules": RulesSubject,
    "manifest": ManifestSubject,
    "run": RunSubject,
    "package": PackageSubject,
}
SUBJECTS |= {
    f"balance-{file.removesuffix('.csv')}": (lambda place, file=file: BalanceSubject(place, file))
    for file in BALANCES
}


def subject_of(name: str, place: Path) -> Subject:
    """Return the subject of a name, to work in an empty folder.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    return SUBJECTS[name](place)
