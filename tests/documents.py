"""The pages that are made from code and scenarios: tables, commands, method, limits.

`python tests/documents.py` writes them anew; `python tests/documents.py DIR` writes them below DIR,
where a test compares them with those that are kept.
"""

from __future__ import annotations

import csv
import inspect
import os
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ["PLANNER_LANGUAGE"] = "en"  # help texts are looked up when the commands are imported

import typer.main

from planner.charts.registry import Chart, registered
from planner.cli.app import app
from planner.cli.commands.prove import BROKEN
from planner.cli.guard import EXIT_CODES, INTERRUPTED
from planner.exchange.manifest import MANIFEST
from planner.i18n import text
from planner.market import balance, network, services
from planner.model import FAMILIES, penalties
from planner.model.variables import add_columns
from planner.schema.documentation import table_as_markdown, tables_as_markdown
from planner.solution import certificate
from planner.solution import price_parts as parts
from planner.solving import canonical, coverage_first
from planner.solving.stages import BEFORE_COST
from planner.solving.stages import stability as calm

ROOT = Path(__file__).parents[1]
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
MADE = "*This page is made from {source} by `python tests/documents.py`. Change that, not this.*"


def tables() -> str:
    """Describe every table a scenario may hold, and the notice of what really moved."""
    return f"""# Tables and columns

{MADE.format(source="`planner/schema/tables.py`")}

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


def method() -> str:
    """Return every step from tables to plan, from the docstrings of the code that takes it."""
    before = "\n\n".join(_step(title, module) for title, module in BEFORE.items())
    families = "\n\n".join(_equations(family) for family in FAMILIES)
    stages = "\n\n".join(_equations(stage) for stage in [*BEFORE_COST.values(), calm])
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


def limits() -> str:
    """Return what a plan cannot say, and what was assumed, as the scenarios themselves say it."""
    always = [text(f"brief.limit.{name}", "en") for name in ("forecast", "inside")]
    folders = sorted(path.parent for path in (ROOT / "scenarios").glob("*/scenario.toml"))
    parts = "\n\n".join(part for part in map(_limits_of, folders) if part)
    return f"""# Limits and assumptions

{MADE.format(source="`scenario.toml` and `sources.csv` of every scenario")}

## Of every plan

{_listed(always)}

{parts}
"""


def _limits_of(folder: Path) -> str:
    """Return the notes and assumptions that a scenario adds to those of the one it extends."""
    settings = tomllib.loads((folder / "scenario.toml").read_text("utf-8"))
    notes = [note["en"] for note in settings.get("limits", {}).get("notes", [])]
    assumed = []
    if (folder / "sources.csv").exists():
        with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
            assumed = [row for row in csv.DictReader(file) if row["kind"] == "assumption"]
    rows = [f"| {row['source']} | {row['title']} | {row['note']} |" for row in assumed]
    table = ["| assumption | what | band and reason |", "|---|---|---|", *rows] if rows else []
    blocks = [_listed(notes), "\n".join(table)]
    body = "\n\n".join(block for block in blocks if block)
    return f"## {folder.name}\n\n{body}" if body else ""


def _listed(sentences: Sequence[str]) -> str:
    return "\n".join(f"* {sentence}" for sentence in sentences)


def charts() -> str:
    """Write the table of the page of charts anew from what the charts declare; the rest is written by hand."""
    page = (ROOT / "planner" / "charts" / "README.md").read_text(encoding="utf-8")
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


PAGES = {
    "scenarios/TABLES.md": tables,
    "planner/cli/commands/README.md": commands,
    "planner/model/README.md": method,
    "scenarios/LIMITS.md": limits,
    "planner/charts/README.md": charts,
}
"""Where each page is kept, and what makes it."""

if __name__ == "__main__":
    below = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    for kept, page in PAGES.items():
        (below / kept).parent.mkdir(parents=True, exist_ok=True)
        (below / kept).write_text(page().rstrip() + "\n", encoding="utf-8", newline="\n")
