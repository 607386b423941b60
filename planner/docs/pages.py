"""The pages that are made from code and scenarios: tables, commands, method, limits, glossary.

Each is kept beside what it describes, and a test compares it with what the code says.
"""

from __future__ import annotations

import csv
import inspect
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import typer.main

from planner.charts.registry import Chart, registered
from planner.cli.app import app
from planner.cli.commands.prove import BROKEN
from planner.cli.guard import EXIT_CODES, INTERRUPTED
from planner.docs.glossary import glossary
from planner.docs.tables import table_as_markdown, tables_as_markdown
from planner.exchange.manifest import MANIFEST
from planner.i18n import text
from planner.market import balance, network, services
from planner.model import FAMILIES, penalties
from planner.model.variables import add_columns
from planner.solution import certificate
from planner.solution import price_parts as parts
from planner.solving import canonical, coverage_first
from planner.solving.stages import BEFORE_COST
from planner.solving.stages.stability import stabilise

BEFORE = {
    "The balance": balance,
    "Ways of carrying": network,
    "Vessel services": services,
    "What a missing tonne costs": penalties,
}
AFTER = {
    "Coverage first": coverage_first,
    "Money, stock and need apart": parts,
    "Proof": certificate,
    "One plan": canonical,
}
MADE = "*This page is made from {source} by `python -m planner.docs`. Change that, not this.*"
"""Stands on the pages that are kept; those of the site alone cannot be changed by mistake."""


def tables(language: str) -> str:
    """Describe every table a scenario may hold, and in English the notice of what really moved."""
    words = {name: text(f"docs.table.{name}", language) for name in ("title", "intro", "scenario")}
    parts = [f"# {words['title']}"]
    if language == "en":
        parts.append(MADE.format(source="`planner/schema/tables.py`"))
    parts += [words["intro"], f"## {words['scenario']}", tables_as_markdown(language).rstrip()]
    if language == "en":  # the notice has its names of columns, and their meaning, in English only
        parts += ["## Beside a scenario", table_as_markdown(MANIFEST, language)]
    return "\n\n".join(parts)


def commands(language: str) -> str:
    """Describe every command: what it does, its arguments and options, and how it ends.

    The help is in the language that `PLANNER_LANGUAGE` had when the commands were imported.
    """
    group: Any = typer.main.get_command(app)
    rows = [f"| [{name}](#{name}) | {command.help} |" for name, command in group.commands.items()]
    parts = [f"# {text('docs.commands.title', language)}"]
    if language == "en":
        parts.append(MADE.format(source="the command line itself"))
    parts.append(text("docs.commands.help", language, app=group.help))
    parts.append("\n".join([text("docs.commands.index", language), "|---|---|", *rows]))
    parts += [_command(name, command, language) for name, command in group.commands.items()]
    if language == "en":  # the endings are told by the docstrings of the errors
        parts += ["## Exit codes", _exit_codes()]
    return "\n\n".join(parts)


def _command(name: str, command: Any, language: str) -> str:
    needed = [_spelling(it).replace("`", "") for it in command.params if it.required]
    usage = " ".join(["planner", name, *needed])
    rows = [
        f"| {_spelling(it)} | {it.help or ''} | {_default(it, language)} |" for it in command.params
    ]
    head = [text("docs.commands.head", language), "|---|---|---|"]
    return "\n".join([f"## {name}", "", f"{command.help}", "", f"`{usage}`", "", *head, *rows])


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`"
    names = [f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts]]
    value = "" if parameter.is_flag else f" {parameter.metavar or 'VALUE'}"
    return (", ".join(names) + value).replace("|", "\\|")


def _default(parameter: Any, language: str) -> str:
    if parameter.required:
        return text("docs.commands.required", language)
    if parameter.default is True:
        return f"`{parameter.opts[0]}`"
    return f"{parameter.default}" if parameter.default else ""


def _exit_codes() -> str:
    told: dict[int, list[str]] = {0: ["Done."]}
    for error, code in EXIT_CODES.items():
        told.setdefault(code, []).append((inspect.getdoc(error) or "").splitlines()[0])
    told[BROKEN].append("`planner prove`: a published balance does not close.")
    told[INTERRUPTED] = ["Stopped by the user."]
    rows = [f"| {code} | {' '.join(reasons)} |" for code, reasons in sorted(told.items())]
    return "\n".join(["| code | when |", "|---|---|", *rows])


def method() -> str:
    """Return every step from tables to plan, from the docstrings of the code that takes it."""
    before = "\n\n".join(_step(title, module) for title, module in BEFORE.items())
    families = "\n\n".join(_equations(family) for family in FAMILIES)
    staged: list[Callable[..., Any]] = [*BEFORE_COST.values(), stabilise]
    stages = "\n\n".join(_equations(stage) for stage in staged)
    after = "\n\n".join(_step(title, module) for title, module in AFTER.items())
    return f"""# The method

{MADE.format(source="the docstrings of the code that takes each step")}

A linear program over provinces, commodities, periods and ways of carrying. `planner formulation SCENARIO` shows
its columns and rows with the sizes of one scenario. What it cannot say stands in [limits](../../scenarios/LIMITS.md).

{before}

## Columns and objective

```text
{inspect.getdoc(add_columns)}
```

## Families of rows

{families}

## Stages

What comes before the cost, or behind it: `[policy] stages` of a scenario.

{stages}

{after}
"""


def _equations(made: Callable[..., Any]) -> str:
    return f"### {made.__name__}\n\n```text\n{inspect.getdoc(made)}\n```"


def _step(title: str, module: ModuleType) -> str:
    return f"## {title}\n\n```text\n{inspect.getdoc(module)}\n```"


def limits(root: Path, language: str) -> str:
    """List what a plan cannot say, and what was assumed, as the scenarios themselves say it."""
    always = [text(f"brief.limit.{name}", language) for name in ("forecast", "inside")]
    folders = sorted(path.parent for path in (root / "scenarios").glob("*/scenario.toml"))
    parts = [f"# {text('docs.limits.title', language)}"]
    if language == "en":
        parts.append(MADE.format(source="`scenario.toml` and `sources.csv` of every scenario"))
    parts += [f"## {text('docs.limits.always', language)}", _listed(always)]
    parts += [part for folder in folders if (part := _limits_of(folder, language))]
    return "\n\n".join(parts)


def _limits_of(folder: Path, language: str) -> str:
    """Return the notes and assumptions that a scenario adds to those of the one it extends."""
    settings = tomllib.loads((folder / "scenario.toml").read_text("utf-8"))
    notes = [note[language] for note in settings.get("limits", {}).get("notes", [])]
    assumed = []
    if (folder / "sources.csv").exists():
        with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
            assumed = [row for row in csv.DictReader(file) if row["kind"] == "assumption"]
    rows = [f"| {row['source']} | {row['title']} | {row['note']} |" for row in assumed]
    table = [text("docs.limits.head", language), "|---|---|---|", *rows] if rows else []
    blocks = [_listed(notes), "\n".join(table)]
    body = "\n\n".join(block for block in blocks if block)
    return f"## {folder.name}\n\n{body}" if body else ""


def _listed(sentences: Sequence[str]) -> str:
    return "\n".join(f"* {sentence}" for sentence in sentences)


def charts(root: Path) -> str:
    """Write the table of the page of charts anew from what the charts declare; the rest is written by hand."""
    page = (root / "planner" / "charts" / "README.md").read_text(encoding="utf-8")
    before, _, rest = page.partition("| chart |")
    after = rest[rest.index("\n\n") :]
    rows = [_chart(known) for known in registered().values()]
    head = ["| chart | when to use it | drawn from | narrowed by |", "|---|---|---|---|"]
    return before + "\n".join([*head, *rows]) + after


def _chart(known: Chart) -> str:
    source = f"{known.table.removeprefix('compared_')}.csv"
    if known.of != "run":
        source += f" of `planner {known.of}`"
    elif known.by_period not in {"", known.table}:
        source += f", of one period {known.by_period}.csv"
    elif "balance" in known.takes:
        source += ", balance.csv"
    narrowed = ", ".join(sorted(known.choices - {"colour"}))
    return f"| `{known.name}` | {text(known.use, 'en')} | {source} | {narrowed} |"


def pages(root: Path, language: str) -> Mapping[str, Callable[[], str]]:
    """Return where each page is kept, and what makes it; the Indonesian ones are of the site alone."""
    if language == "id":
        return {
            "tabel.md": partial(tables, "id"),
            "perintah.md": partial(commands, "id"),
            "batas.md": partial(limits, root, "id"),
        }
    return {
        "scenarios/TABLES.md": partial(tables, "en"),
        "planner/cli/commands/README.md": partial(commands, "en"),
        "planner/model/README.md": method,
        "scenarios/LIMITS.md": partial(limits, root, "en"),
        "planner/i18n/GLOSSARY.md": glossary,
        "planner/charts/README.md": partial(charts, root),
    }


def write(root: Path, below: Path, language: str) -> None:
    """Write the pages of a language below a folder; `root` is where the scenarios are read."""
    for kept, page in pages(root, language).items():
        (below / kept).parent.mkdir(parents=True, exist_ok=True)
        (below / kept).write_text(page().rstrip() + "\n", encoding="utf-8", newline="\n")
