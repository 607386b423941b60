"""The checker: a brief re-read against the run it was made from. Every numeral must be one of a cell.

1. Every fact of `facts.json` is worked out again from the cells of the run, and must be written as it was; no
   table may have changed, as charts are drawn from more cells than the text tells.
2. In Markdown and HTML a numeral stands inside the mark of a fact and says what the fact says, or inside the
   mark of the writer's own numerals and stands in the scenario.
3. HTML, DOCX and PDF hold the numerals of the Markdown in the same order, each with its unit, and no other.
4. Alt texts are those of the Markdown, and their numerals are of facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from planner.brief.extract_text import Page, read_docx, read_html, read_pdf
from planner.brief.facts import Fact
from planner.brief.facts_file import re_evaluate, read_record
from planner.brief.markup import NUMERAL
from planner.brief.numeral_trace import trace_numerals, untraced_numerals
from planner.brief.render import to_html
from planner.brief.run_cells import Runs
from planner.brief.value_styles import STYLES
from planner.errors import InputError, Problem
from planner.formats.csv_records import read_text

_MOST = {".md": 1_000_000, ".html": 30_000_000}
"""Bytes of the files of a brief; a page holds its pictures."""


def verify(folder: Path, runs: Runs, *, whole: bool = False) -> list[Problem]:
    """Read a brief again and tell everything in it that the run does not say.

    Parameters
    ----------
    folder
        The folder of the brief.
    runs
        The runs it was made from, read anew.
    whole
        Whether numerals missing from one of the files count too; a file that was shortened by hand
        lacks some.

    Raises
    ------
    InputError
        If the folder holds no brief.
    OptionError
        If the run that the brief is set against is not given.
    """
    record = read_record(folder)
    facts, problems = re_evaluate(record, runs)
    slots = runs["run"].scenario.settings.brief.model_dump()
    against = _Against(facts, {name: words[record.language] for name, words in slots.items()})
    page = read_html(to_html(_text(folder / "brief.md")))
    problems += against.marks(page, "brief.md")
    if (folder / "brief.html").exists():
        read = read_html(_text(folder / "brief.html"))
        said = "".join(piece.text for piece in read.pieces)
        marked = list(against.marks(read, "brief.html"))
        ordered = trace_numerals(said, against.phrases(page), "brief.html", whole=whole)
        problems += marked or ordered
    for name, reader in (("brief.docx", read_docx), ("brief.pdf", read_pdf)):
        if (folder / name).exists():
            said, alts = reader(folder / name)
            problems += trace_numerals(said, against.phrases(page), name, whole=whole)
            problems += _alts(alts, page, name)
    return problems


def _text(file: Path) -> str:
    if not file.exists():
        raise InputError([Problem("no_brief", str(file.parent))])
    problems: list[Problem] = []
    content = read_text(file, problems, _MOST[file.suffix])
    if content is None:
        raise InputError(problems)
    return content


def _alts(alts: Sequence[str], page: Page, name: str) -> list[Problem]:
    known = {_squeezed(alt) for alt, _ in page.alts}
    other = [alt for alt in alts if _squeezed(alt) not in known]
    other += ["-"] if len(alts) < len(page.alts) else []
    return [Problem("brief_alt", name, values={"alt": alt}) for alt in other]


def _squeezed(words: str) -> str:
    return "".join(words.split())


class _Against:
    """The facts as the run has them now, and the writer's own paragraphs."""

    def __init__(self, facts: Mapping[str, Fact], slots: Mapping[str, str]) -> None:
        self._facts, self._slots = facts, slots

    def marks(self, page: Page, file: str) -> Iterator[Problem]:
        """Look at every piece of an HTML page."""
        for piece in page.pieces:
            if piece.mark == "fact":
                yield from self._differs(file, piece.key, piece.text)
            elif piece.mark == "own":
                if piece.text not in NUMERAL.findall(self._slots.get(piece.key, "")):
                    yield Problem("brief_not_own", file, values={"written": piece.text})
            else:
                yield from untraced_numerals(piece.text, file)
        for alt, names in page.alts:
            yield from untraced_numerals(self._without(alt, names), file)
        if page.title and _squeezed(page.title) != _squeezed(page.headline):
            yield from untraced_numerals(page.title, file)

    def _differs(self, file: str, key: str, written: str) -> Iterator[Problem]:
        fact = self._facts.get(key)
        if fact is None or _squeezed(written) != _squeezed(fact.text):
            now, origin = (fact.text, fact.origin()) if fact else ("-", "-")
            values = {"written": written, "now": now, "name": key, "origin": origin}
            yield Problem("brief_differs", file, values=values)

    def _without(self, alt: str, names: Sequence[str]) -> str:
        """Take the texts of facts out of an alt text, one after the other."""
        rest, seen = alt, ""
        for name in names:
            told = self._facts[name].text if name in self._facts else ""
            before, found, after = rest.partition(told) if told else ("", "", "")
            if found:
                seen, rest = seen + before, after
        return seen + rest

    def phrases(self, page: Page) -> list[str]:
        """Return what plain text must hold, in order: numbers with their units, numerals of texts."""
        phrases: list[str] = []
        for piece in page.pieces:
            fact = self._facts.get(piece.key)
            if piece.mark == "fact" and fact is not None and STYLES[fact.style].unit:
                phrases.append(fact.text)
            elif piece.mark:
                phrases += NUMERAL.findall(piece.text)
        return phrases
