"""What a function of the library was given instead of what it needs, said in one sentence."""

from __future__ import annotations

from numbers import Number
from pathlib import Path

from planner.errors import OptionError
from planner.i18n import LANGUAGES
from planner.i18n.visible_text import quoted

_WANTED = {"Scenario": "given.scenario", "Solution": "given.solution", "Run": "given.run"}
"""The sentences that say how one is made."""


def require_kind(given: object, kind: type, call: str) -> None:
    """Refuse what is not of the kind that a public function needs.

    Parameters
    ----------
    given
        What was given.
    kind
        `Scenario`, `Solution` or `Run`.
    call
        The function, as an analyst writes it.

    Raises
    ------
    OptionError
        If it is of another kind.
    """
    if not isinstance(given, kind):
        raise OptionError(_WANTED[kind.__name__], call=call, given=described(given))


def require_path(given: object, call: str) -> None:
    """Refuse what is no path.

    Raises
    ------
    OptionError
        If it is neither a text nor a `Path`.
    """
    if not isinstance(given, str | Path):
        raise OptionError("given.path", call=call, given=described(given))


def require_code(given: object) -> None:
    """Refuse what is no code: codes are texts, and 1 is not "01".

    Raises
    ------
    OptionError
        If it is no text.
    """
    if not isinstance(given, str):
        raise OptionError("given.code", given=described(given))


def require_language(given: object) -> None:
    """Refuse a language that nothing is said in.

    Raises
    ------
    OptionError
        If it is none of `LANGUAGES`.
    """
    if given not in LANGUAGES:
        raise OptionError("given.language", given=given, known=", ".join(LANGUAGES))


def described(given: object) -> str:
    """Return what was given as it may be shown: a text or number itself, else its type."""
    if given is None:
        return "None"
    if isinstance(given, str | Path):
        return f'"{quoted(str(given))}"'
    if isinstance(given, Number):
        return str(given)
    return type(given).__name__
