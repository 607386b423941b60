"""The pages that are made from the code: tables, commands, equations.

`python tests/documents.py` writes them anew; `python tests/documents.py DIR` writes them below DIR,
where a test compares them with those that are kept.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["PLANNER_LANGUAGE"] = "en"  # help texts are looked up when the commands are imported

import typer.main

from planner.cli import app
from planner.commands.frame import EXIT_CODES, INTERRUPTED
from planner.commands.prove import BROKEN
from planner.exchange.manifest import MANIFEST
from planner.model import FAMILIES
from planner.model.variables import add_columns
from planner.scenario.documentation import table_as_markdown, tables_as_markdown
from planner.solving.stages import BEFORE_COST, calm

ROOT = Path(__file__).parents[1]
MADE = "*This page is made from {source} by `python tests/documents.py`. Change that, not this.*"


def tables() -> str:
    """Describe every table a scenario may hold, and the notice of what really moved."""
    return f"""# Tables and columns

{MADE.format(source="`planner/scenario/schema.py`")}

CSV, UTF-8, header in English, one fact a row. Columns in **bold** are the key.

## A scenario

{tables_as_markdown()}
## Beside a scenario

{table_as_markdown(MANIFEST)}
"""


def commands() -> str:
    """Describe every command: what it does, its arguments and options, and how it ends."""
    group: Any = typer.main.get_command(app)
    parts = [_command(name, command) for name, command in group.commands.items()]
    return f"""# Commands

{MADE.format(source="the command line itself")}

{group.help} `planner COMMAND --help` says the same as this page; Indonesian unless `PLANNER_LANGUAGE=en` is set.

{"\n\n".join(parts)}

## Exit codes

{_exit_codes()}
"""


def _command(name: str, command: Any) -> str:
    needed = [_spelling(it).replace("`", "") for it in command.params if it.required]
    usage = " ".join(["planner", name, *needed])
    rows = [f"| {_spelling(it)} | {it.help or ''} | {_default(it)} |" for it in command.params]
    head = ["| argument or option | what | default |", "|---|---|---|"]
    return "\n".join([f"## {name}", "", f"{command.help}", "", f"`{usage}`", "", *head, *rows])


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`"
    names = [f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts]]
    value = "" if parameter.is_flag else f" {parameter.metavar or 'VALUE'}"
    return (", ".join(names) + value).replace("|", "\\|")


def _default(parameter: Any) -> str:
    if parameter.required:
        return "must be given"
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


def formulation() -> str:
    """Give the equations of every family and stage, from the docstrings of the code that builds them."""
    families = "\n\n".join(_equations(family) for family in FAMILIES)
    stages = "\n\n".join(_equations(stage) for stage in [*BEFORE_COST.values(), calm])
    return f"""# The model

{MADE.format(source="the docstrings of the code that builds each equation")}

A linear program over provinces, commodities, periods and ways of carrying. `planner formulation SCENARIO` shows the
same with the sizes of one scenario. One file a family: [constraints](constraints).

## Columns and objective

```text
{inspect.getdoc(add_columns)}
```

## Families of rows

{families}

## Stages

What comes before the cost, or behind it: `[policy] stages` of a scenario.

{stages}
"""


def _equations(made: Callable[..., Any]) -> str:
    return f"### {made.__name__}\n\n```text\n{inspect.getdoc(made)}\n```"


PAGES = {
    "scenarios/TABLES.md": tables,
    "planner/commands/README.md": commands,
    "planner/model/README.md": formulation,
}
"""Where each page is kept, and what makes it."""

if __name__ == "__main__":
    below = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    for kept, page in PAGES.items():
        (below / kept).parent.mkdir(parents=True, exist_ok=True)
        (below / kept).write_text(page().rstrip() + "\n", encoding="utf-8", newline="\n")
