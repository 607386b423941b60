"""The files of a brief read back as people see them: text, numerals with their marks, alt texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from planner.brief.optional_libraries import import_or_explain
from planner.errors import InputError, PlannerError, Problem
from planner.formats.safe_file import read_bytes
from planner.formats.safe_zip import require_safe

_UNSEEN = {"style", "script", "title"}
_MARKS = {"fact", "own"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: inside the mark of a fact, of the writer's own numeral, or of neither."""

    text: str
    mark: str = ""
    key: str = ""


@dataclass(slots=True)
class Page:
    """What an HTML page says.

    Parameters
    ----------
    pieces
        Its text in order.
    alts
        The alt text of each picture and the names of the facts in it.
    title, headline
        The title of the window, and the first heading.
    """

    pieces: list[Piece] = field(default_factory=list)
    alts: list[tuple[str, list[str]]] = field(default_factory=list)
    title: str = ""
    headline: str = ""


def read_html(content: str) -> Page:
    """Read an HTML page, or a part of one."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return reader.page


def read_docx(file: Path) -> tuple[str, list[str]]:
    """Return the text of a Word file, and the alt texts of its pictures.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    require_safe(file)
    with _readable(file):
        return _of_docx(file)


def read_pdf(file: Path) -> tuple[str, list[str]]:
    """Return the text of a PDF without its page numbers, and the alt texts of its pictures.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    with _readable(file):
        return _of_pdf(file)


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """Turn what the libraries raise on a broken file into a message; each raises what comes its way."""
    problems: list[Problem] = []
    if read_bytes(file, problems) is None:
        raise InputError(problems)
    try:
        yield
    except PlannerError:
        raise
    except Exception as error:
        said = (str(error) or type(error).__name__).splitlines()[0][:120]
        raise InputError(
            [Problem("brief_unreadable", str(file), values={"detail": said})]
        ) from error


def _of_docx(file: Path) -> tuple[str, list[str]]:
    docx = import_or_explain("docx")
    body = docx.Document(str(file)).element.body
    name = docx.oxml.ns.qn
    parts = [
        node.text or "" if node.tag == name("w:t") else "\n"
        for node in body.iter(name("w:t"), name("w:p"))
    ]
    alts = [node.get("descr", "") for node in body.iter(name("wp:docPr"))]
    return "".join(parts), alts


def _of_pdf(file: Path) -> tuple[str, list[str]]:
    pdf = import_or_explain("pypdf").PdfReader(file)
    pages = [page.extract_text() for page in pdf.pages]
    numbered = enumerate(pages, start=1)
    text = "\n".join(re.sub(rf"\s*{n}\s*/\s*{len(pages)}\s*$", "", page) for n, page in numbered)
    root = pdf.trailer["/Root"].get("/StructTreeRoot")
    return text, list(_alts(root)) if root is not None else []


def _alts(node: Any) -> Iterator[str]:
    """Walk the structure of a PDF for its alt texts."""
    node = node.get_object()
    if isinstance(node, list):
        for inner in node:
            yield from _alts(inner)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from _alts(node["/K"])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            names = given.get("data-facts", given.get("facts", "")).split()
            self.page.alts.append((given.get("alt", ""), names))
        if tag in {"img", "meta", "br", "link", "hr", "col"}:
            return
        mark = given.get("class", "") if given.get("class", "") in _MARKS else ""
        self._open.append((tag, mark, given.get("data-key", given.get("key", ""))))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag not in {"span", "em", "strong", "a"}:
            self.page.pieces.append(Piece("\n"))

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _, _ in self._open]
        if "title" in tags:
            self.page.title += data
        if _UNSEEN & set(tags):
            return
        if "h1" in tags:
            self.page.headline += data
        mark, key = next(((m, k) for _, m, k in reversed(self._open) if m), ("", ""))
        self.page.pieces.append(Piece(data, mark, key))
