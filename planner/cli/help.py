"""The help pages, and what is said of a command that cannot be read, in the reader's language.

Typer says these words in English; what it takes for granted is replaced here, in one place.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

from planner.cli.options import help_text

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": "arguments",
    "OPTIONS_PANEL_TITLE": "options",
    "COMMANDS_PANEL_TITLE": "commands",
    "REQUIRED_LONG_STRING": "required",
    "DEFAULT_STRING": "default",
}

_KINDS = {
    "MissingParameter": "missing",
    "NoSuchOption": "no_option",
    "BadOptionUsage": "no_value",
    "BadParameter": "bad_value",
}


_HOME = re.compile(r"^(--[\w-]+=)?~(?=$|[/\\])")
"""The home folder at the start of a path, whether or not the name of an option stands in front."""


def _at_home(word: re.Match[str]) -> str:
    return (word[1] or "") + str(Path.home())


class _Spoken:
    """A command whose help page speaks the reader's language."""

    def get_usage(self, ctx: Any) -> str:
        """Return the first line of the page."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", help_text("usage"), 1)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option `--help`."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = help_text("help")
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        from typer import rich_utils

        for name, key in _PANELS.items():
            setattr(rich_utils, name, help_text(key))
        super().format_help(ctx, formatter)  # type: ignore[misc]


class SpokenCommand(_Spoken, TyperCommand):
    """A command of the command line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line; `~` at the start of a path is the home folder, whatever the shell does."""
        rest: list[str] = super().parse_args(ctx, [_HOME.sub(_at_home, word) for word in args])
        return rest


class SpokenGroup(_Spoken, TyperGroup):
    """The command line itself."""


def wrong_use(error: Any) -> list[str]:
    """Write what is wrong with a command line; nothing where its help page has been shown instead.

    Parameters
    ----------
    error
        The exception of wrong use, as Typer raises it; told apart by name, since Typer moved its
        classes between versions.
    """
    if type(error).__name__ == "NoArgsIsHelpError":
        return []
    told = f"{error.format_message()}"
    option = getattr(error, "option_name", "") or _name(getattr(error, "param", None))
    quoted = re.findall(r"'([^']*)'|\((.*)\)", told.replace("(s)", ""))
    value = "".join(quoted[0]) if quoted else told
    values = {"option": option, "value": value}
    lines = [help_text(_KINDS.get(type(error).__name__, "bad_command"), **values)]
    near = getattr(error, "possibilities", None) or re.findall(r"mean '([^']*)'", told)
    lines += [help_text("did_you_mean", near=", ".join(near))] if near else []
    context = getattr(error, "ctx", None)
    usage = [context.get_usage()] if context else []
    page = f"{context.command_path if context else 'planner'} --help"
    return [*lines, *usage, help_text("see_help", page=page)]


def _name(param: Any) -> str:
    """Return a parameter as it is typed: `--within`, or the word for an argument."""
    if param is None:
        return ""
    named = param.param_type_name == "option"
    return " / ".join(param.opts) if named else f"{param.metavar or param.name}".upper()
