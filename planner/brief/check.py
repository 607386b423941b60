"""The checker: a brief re-read against the run it was made from. Every numeral must be one of a cell.

1. Every fact of `facts.json` is worked out again from the cells of the run, and must be written as it was.
2. In Markdown and HTML a numeral stands inside the mark of a fact and says what the fact says, or inside the
   mark of the writer's own numerals and stands in the scenario.
3. DOCX and PDF hold the numerals of the Markdown in the same order, each with its unit, and no other.
4. Alt texts are those of the Markdown, and their numerals are of facts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.brief.cells import Cells, Runs, UntracedError
from planner.brief.facts import Fact, worked_out
from planner.brief.markup import NUMERAL
from planner.brief.reading import Page, read_docx, read_html, read_pdf
from planner.brief.render import html_of
from planner.brief.styles import STYLES
from planner.errors import InputError, Problem

FACTS_FILE = "facts.json"
_TOKEN = re.compile(rf"{NUMERAL.pattern}|\S")
AROUND = 30
"""Letters shown on either side of a numeral that is not traced."""


def check(folder: Path, runs: Runs, *, whole: bool = False) -> list[Problem]:
    """Read a brief again and tell everything in it that the run does not say.

    Parameters
    ----------
    folder
        The folder of the brief.
    runs
        The runs it was made from, read anew.
    whole
        Whether numerals missing from DOCX or PDF count too; a brief that was shortened by hand
        lacks some.

    Raises
    ------
    InputError
        If the folder holds no brief.
    """
    language, facts, findings = _facts(folder, runs)
    slots = runs["run"].scenario.settings.brief.model_dump()
    reference = read_html(html_of(_text(folder / "brief.md")))
    context = _Context(facts, {name: words[language] for name, words in slots.items()})
    findings += context.page(reference, "brief.md")
    if (folder / "brief.html").exists():
        findings += context.page(read_html(_text(folder / "brief.html")), "brief.html")
    for name, read in (("brief.docx", read_docx), ("brief.pdf", read_pdf)):
        if (folder / name).exists():
            said, alts = read(folder / name)
            findings += context.plain(said, reference, name, whole=whole)
            findings += _alts(alts, reference, name)
    return findings


def record(folder: Path) -> Any:
    """Give what `facts.json` of a brief holds.

    Raises
    ------
    InputError
        If the folder holds no brief.
    """
    try:
        return json.loads(_text(folder / FACTS_FILE))
    except ValueError:
        raise InputError([Problem("no_brief", str(folder))]) from None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        raise InputError([Problem("no_brief", str(file.parent))]) from None


def _facts(folder: Path, runs: Runs) -> tuple[str, dict[str, Fact], list[Problem]]:
    """Work out every fact again; those that are no longer written alike are findings."""
    told = record(folder)
    language, facts, findings = told["language"], {}, []
    for entry in told["facts"]:
        parts = (_cells(entry["cells"]), _cells(entry["less"]), _cells(entry["per"]))
        values = {"name": entry["name"], "written": entry["text"]}
        try:
            fact = worked_out(entry["name"], entry["style"], parts, runs, language)  # type: ignore[arg-type]
        except UntracedError as error:
            findings.append(
                Problem("brief_gone", str(folder), values={**values, "origin": str(error)})
            )
            continue
        facts[fact.name] = fact
        if fact.text != entry["text"]:
            findings.append(
                Problem(
                    "brief_changed",
                    str(folder),
                    values={**values, "now": fact.text, "origin": fact.origin()},
                )
            )
    return language, facts, findings


def _cells(entry: Mapping[str, Any] | None) -> Cells | None:
    if entry is None:
        return None
    pairs = {name: tuple(map(tuple, entry[name])) for name in ("where", "unless")}
    return Cells(**{**entry, **pairs, "columns": tuple(entry["columns"])})


def _alts(alts: Sequence[str], reference: Page, name: str) -> list[Problem]:
    known = {_squeezed(alt) for alt, _ in reference.alts}
    other = [alt for alt in alts if _squeezed(alt) not in known]
    other += ["-"] if len(alts) < len(reference.alts) else []
    return [Problem("brief_alt", name, values={"alt": alt}) for alt in other]


def _squeezed(words: str) -> str:
    return "".join(words.split())


class _Context:
    """The facts as the run has them now, and the writer's own paragraphs."""

    def __init__(self, facts: Mapping[str, Fact], slots: Mapping[str, str]) -> None:
        self._facts, self._slots = facts, slots

    def page(self, page: Page, file: str) -> Iterator[Problem]:
        """Look at every piece of an HTML page."""
        for piece in page.pieces:
            if piece.mark == "fact":
                fact = self._facts.get(piece.key)
                if fact is None or _squeezed(piece.text) != _squeezed(fact.text):
                    yield self._differs(file, piece.key, piece.text)
            elif piece.mark == "own":
                if piece.text not in NUMERAL.findall(self._slots.get(piece.key, "")):
                    yield Problem("brief_not_own", file, values={"written": piece.text})
            else:
                yield from _untraced(file, piece.text)
        for alt, names in page.alts:
            yield from _untraced(file, self._without(alt, names))
        if page.title and _squeezed(page.title) != _squeezed(page.headline):
            yield from _untraced(file, page.title)

    def _differs(self, file: str, key: str, written: str) -> Problem:
        fact = self._facts.get(key)
        now, origin = (fact.text, fact.origin()) if fact else ("-", "-")
        values = {"written": written, "now": now, "name": key, "origin": origin}
        return Problem("brief_differs", file, values=values)

    def _without(self, alt: str, names: Sequence[str]) -> str:
        """Take the texts of facts out of an alt text, one after the other."""
        rest, seen = alt, ""
        for name in names:
            told = self._facts[name].text if name in self._facts else ""
            before, found, rest = rest.partition(told) if told else ("", "", rest)
            seen += before if found else ""
        return seen + rest

    def plain(self, said: str, reference: Page, file: str, *, whole: bool) -> Iterator[Problem]:
        """Follow the numerals of plain text beside those of the Markdown."""
        body, awaited = said.replace("\N{MINUS SIGN}", "-"), self._phrases(reference)
        place = following = 0
        missed: list[str] = []
        while found := NUMERAL.search(body, place):
            hit = _hit(body, found.start(), awaited[following:])
            if hit is None:
                around = _around(body, found)
                yield Problem(
                    "brief_untraced", file, values={"written": found[0], "around": around}
                )
                place = found.end()
                continue
            steps, place = hit
            missed += awaited[following : following + steps]
            following += steps + 1
        if whole:
            for phrase in [*missed, *awaited[following:]]:
                yield Problem("brief_missing", file, values={"written": phrase})

    def _phrases(self, page: Page) -> list[str]:
        """Give what plain text must hold, in order: numbers with their units, numerals of texts."""
        phrases: list[str] = []
        for piece in page.pieces:
            fact = self._facts.get(piece.key)
            if piece.mark == "fact" and fact is not None and STYLES[fact.style].unit:
                phrases.append(fact.text)
            elif piece.mark:
                phrases += NUMERAL.findall(piece.text)
        return phrases


def _hit(body: str, start: int, awaited: Sequence[str]) -> tuple[int, int] | None:
    """Find the next awaited phrase whose first numeral stands at a place.

    Returns
    -------
    How many phrases were passed over, and where the phrase ends; lines may break anywhere but inside a numeral.
    """
    for steps, phrase in enumerate(awaited):
        first = NUMERAL.search(phrase)
        cut = first.start() if first else 0
        rest = r"\s*".join(map(re.escape, _TOKEN.findall(phrase[cut:])))
        found = re.compile(rest + r"(?!\d)").match(body, start)
        if found and _follows(body[:start], phrase[:cut]):
            return steps, found.end()
    return None


def _follows(before: str, awaited: str) -> bool:
    """Say whether text ends with what stands before a numeral, such as ``Rp``, and with no further sign."""
    ways = r"\s*".join(map(re.escape, awaited.replace(" ", "")))
    return re.search(rf"(?:^|[^+-]|\w[+-]){ways}\s*$", before[-AROUND:]) is not None


def _untraced(file: str, words: str) -> Iterator[Problem]:
    for found in NUMERAL.finditer(words):
        values = {"written": found[0], "around": _around(words, found)}
        yield Problem("brief_untraced", file, values=values)


def _around(words: str, found: re.Match[str]) -> str:
    """Give a numeral with the words beside it."""
    return " ".join(words[max(found.start() - AROUND, 0) : found.end() + AROUND].split())
