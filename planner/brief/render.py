"""From the one Markdown source to HTML, DOCX and PDF, without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from importlib import resources
from pathlib import Path

from planner.brief.markdown_source import Source
from planner.brief.markup import DIALECT
from planner.brief.optional_libraries import import_or_explain
from planner.brief.word_styles import finish, reference
from planner.errors import OutputError

FORMATS = ("html", "docx", "pdf")
NAME = "brief"
_FACT = re.compile(r'<span class="fact"\s+data-key="(\w+)">')


def to_html(markdown: str, *more: str, folder: Path | None = None) -> str:
    """Return Markdown of ours as HTML, for reading it back or for the page."""
    return _pandoc(markdown, "html5", ["--wrap=none", *more], folder)


def pdf(source: Source, folder: Path, sizes: tuple[float, float]) -> tuple[int, int]:
    """Write `brief.pdf` with typst.

    Parameters
    ----------
    source
        The Markdown.
    folder
        The folder of the brief, which holds the charts.
    sizes
        Of the letters of the first and the second page, points.

    Returns
    -------
    The page on which the second part begins, and the number of pages.
    """
    words = {"lang": source.language, "pagetitle": source.headline}
    words |= {name: f"{size:g}" for name, size in zip(("size", "small"), sizes, strict=True)}
    body = _pandoc(source.markdown, "typst", ["--wrap=none", *_filtered()], folder)
    before, after = _ours("page.typ").split("$body$")
    typed = folder / f".{NAME}.typ"
    typed.write_text(before + body + after, encoding="utf-8")
    typst, file = import_or_explain("typst"), str(folder / f"{NAME}.pdf")
    given = {"ignore_system_fonts": True, "sys_inputs": words}
    try:
        typst.compile(str(typed), output=file, **given)
        found = json.loads(typst.query(str(typed), "<pages>", field="value", **given))
    except typst.TypstError as error:
        raise _not_made("typst", error) from error
    finally:
        typed.unlink()
    return found[0], found[-1]


def html(source: Source, folder: Path) -> None:
    """Write `brief.html`: one file, pictures inside; a numeral tells its cells."""
    more = ["--embed-resources", "--standalone", *_variables(source)]
    with resources.as_file(resources.files(__package__) / "page.html") as template:
        page = to_html(source.markdown, f"--template={template}", *more, folder=folder)
    origins = {fact.name: escape(fact.origin()) for fact in source.facts.values()}
    page = _FACT.sub(lambda mark: _told(mark, origins), page)
    (folder / f"{NAME}.html").write_text(page, encoding="utf-8")


def _told(mark: re.Match[str], origins: Mapping[str, str]) -> str:
    """Let a numeral tell its cells when the pointer rests on it."""
    return f'<span class="fact" data-key="{mark[1]}" title="{origins[mark[1]]}">'


def docx(source: Source, folder: Path, work: Path) -> None:
    """Write `brief.docx`; `work` is a folder for what is only needed on the way."""
    file = folder / f"{NAME}.docx"
    more = [f"--reference-doc={reference(work)}", *_filtered(), *_variables(source)]
    _pandoc(source.markdown, "docx", more, folder, file)
    finish(file, source.headline)


def _variables(source: Source) -> list[str]:
    return [f"--metadata=lang:{source.language}", f"--metadata=pagetitle:{source.headline}"]


def _filtered() -> list[str]:
    return [f"--lua-filter={resources.files(__package__) / 'brief.lua'}"]


def _ours(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _pandoc(
    markdown: str, to: str, more: list[str], folder: Path | None, file: Path | None = None
) -> str:
    found = [f"--resource-path={folder}"] if folder else []
    pandoc = import_or_explain("pypandoc")
    try:
        return str(
            pandoc.convert_text(
                markdown,
                to,
                format=DIALECT,
                extra_args=[*found, *more],
                outputfile=None if file is None else str(file),
            )
        )
    except RuntimeError as error:
        raise _not_made("pandoc", error) from error


def _not_made(program: str, error: Exception) -> OutputError:
    """Report that a program that sets the brief could not do it, and what it said."""
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return OutputError("brief.not_made", program=program, detail=said)
