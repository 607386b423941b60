"""From the one Markdown source to HTML, DOCX and PDF, without a network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from importlib import resources
from pathlib import Path

from planner.brief.extra import needed
from planner.brief.markup import DIALECT
from planner.brief.source import Source
from planner.brief.word_styles import reference

FORMATS = ("html", "docx", "pdf")
NAME = "brief"
_FACT = re.compile(r'<span class="fact"\s+data-key="(\w+)">')


def render(source: Source, folder: Path, form: str, *, work: Path, size: float) -> Path:
    """Write a brief in one form.

    Parameters
    ----------
    source
        The Markdown.
    folder
        The folder of the brief, which holds the charts.
    form
        ``"html"``, ``"docx"`` or ``"pdf"``.
    work
        A folder for what is only needed on the way.
    size
        Of the letters of the PDF, points.
    """
    if form == "html":
        return _html(source, folder)
    if form == "docx":
        return _docx(source, folder, work)
    return pdf(source, folder, size)


def html_of(markdown: str, *more: str, folder: Path | None = None) -> str:
    """Give Markdown of ours as HTML, for reading it back or for the page."""
    return _pandoc(markdown, "html5", ["--wrap=none", *more], folder)


def pdf(source: Source, folder: Path, size: float) -> Path:
    """Write the PDF with typst, in letters of a size."""
    words = {"size": f"{size:g}", "lang": source.language}
    words["pagetitle"] = source.headline.replace('"', "'")
    body = _pandoc(source.markdown, "typst", ["--wrap=none", *_filtered()], folder)
    page = _ours("page.typ")
    for name, value in {**words, "body": body}.items():
        page = page.replace(f"${name}$", value)
    typed = folder / f".{NAME}.typ"
    typed.write_text(page, encoding="utf-8")
    file = folder / f"{NAME}.pdf"
    try:
        needed("typst").compile(str(typed), output=str(file), ignore_system_fonts=True)
    finally:
        typed.unlink()
    return file


def _html(source: Source, folder: Path) -> Path:
    more = ["--embed-resources", "--standalone", *_variables(source)]
    with resources.as_file(resources.files(__package__) / "page.html") as template:
        page = html_of(source.markdown, f"--template={template}", *more, folder=folder)
    origins = {fact.name: escape(fact.origin()) for fact in source.facts.values()}
    page = _FACT.sub(lambda mark: _told(mark, origins), page)
    file = folder / f"{NAME}.html"
    file.write_text(page, encoding="utf-8")
    return file


def _told(mark: re.Match[str], origins: Mapping[str, str]) -> str:
    """Let a numeral tell its cells when the pointer rests on it."""
    return f'<span class="fact" data-key="{mark[1]}" title="{origins[mark[1]]}">'


def _docx(source: Source, folder: Path, work: Path) -> Path:
    file = folder / f"{NAME}.docx"
    more = [f"--reference-doc={reference(work)}", *_filtered(), *_variables(source)]
    _pandoc(source.markdown, "docx", more, folder, file)
    return file


def _variables(source: Source) -> list[str]:
    return [f"--metadata=lang:{source.language}", f"--variable=pagetitle:{source.headline}"]


def _filtered() -> list[str]:
    return [f"--lua-filter={resources.files(__package__) / 'brief.lua'}"]


def _ours(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _pandoc(
    markdown: str, to: str, more: list[str], folder: Path | None, file: Path | None = None
) -> str:
    found = [f"--resource-path={folder}"] if folder else []
    return str(
        needed("pypandoc").convert_text(
            markdown,
            to,
            format=DIALECT,
            extra_args=[*found, *more],
            outputfile=None if file is None else str(file),
        )
    )
