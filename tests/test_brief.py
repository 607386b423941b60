"""The brief of a small run: its numerals are those of the run, and a changed cell or word is found."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path

import docx
import pandas as pd
import pypdf
import pytest
from broken_scenarios import SCENARIOS
from builders import arc, made, needed, provinces, write_scenario
from catalogue_words import entries

import planner
from planner import Run
from planner.brief import optional_libraries as extra
from planner.brief.brief_data import BriefData
from planner.brief.build import make_brief, require_new_folder, stale_statements
from planner.brief.extract_text import read_docx, read_html, read_pdf
from planner.brief.facts import Facts
from planner.brief.markdown_source import Room, write
from planner.brief.markup import mark_numerals
from planner.brief.message import message
from planner.brief.numeral_trace import _hit
from planner.brief.render import to_html
from planner.brief.run_cells import summary, table
from planner.brief.verification import verify
from planner.errors import InputError, OptionError, Problem
from planner.i18n import text

FORMATS = ["html", "docx", "pdf"]
OWN = """
[brief.opening]
en = "Told on 12 July: stores hold 80 per cent, <b>we</b> move {{ moved }} ![x](file.png)."
"""


def run_of(folder: Path) -> Run:
    return planner.make_run(planner.solve(planner.read_scenario(folder)))


def headline(run: Run, against: Run | None = None) -> str:
    runs = {"run": run} if against is None else {"run": run, "against": against}
    return message(BriefData(runs, "en")).headline


def keys_of(problems: list[Problem]) -> set[str]:
    return {problem.key for problem in problems}


@pytest.fixture(scope="module")
def run() -> Run:
    return run_of(SCENARIOS / "dua-pulau")


@pytest.fixture(scope="module")
def made_brief(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief") / "brief"
    make_brief({"run": run}, folder, FORMATS, "en")
    return folder


@pytest.fixture
def brief(made_brief: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made_brief, tmp_path / "brief"))


def with_cell(run: Run, name: str, column: str, factor: float) -> Run:
    """Change one cell of a result table."""
    frame = run.tables[name].copy()
    row = frame.index[frame[column] != 0][-1]
    frame[column] = frame[column].astype(float)
    frame.loc[row, column] *= factor
    return dataclasses.replace(run, tables={**run.tables, name: frame})


def test_every_numeral_of_a_brief_is_of_a_cell(made_brief: Path, run: Run) -> None:
    assert verify(made_brief, {"run": run}, whole=True) == []
    assert stale_statements(made_brief, {"run": run}) == []


@pytest.mark.parametrize(
    ("name", "column"), [("flows", "tonnes"), ("flows", "idr"), ("delivered_costs", "idr_per_kg")]
)
def test_a_changed_cell_is_found(made_brief: Path, run: Run, name: str, column: str) -> None:
    found = verify(made_brief, {"run": with_cell(run, name, column, 1.5)})
    assert {"brief_changed", "brief_differs"} <= keys_of(found)
    assert any(f"{name}.csv {column}" in problem.message("en") for problem in found)


def test_a_changed_fact_of_the_summary_is_found(made_brief: Path, run: Run) -> None:
    other = dataclasses.replace(run, facts={**run.facts, "cost_idr": run.facts["cost_idr"] * 2})
    assert "brief_changed" in keys_of(verify(made_brief, {"run": other}))


def test_a_cell_that_only_a_chart_shows_is_missed_too(made_brief: Path, run: Run) -> None:
    found = verify(made_brief, {"run": with_cell(run, "prices", "idr_per_t", 1.5)})
    assert [problem.key for problem in found] == ["brief_other_run"]
    assert "run: prices.csv" in found[0].message("en")


def test_a_true_number_in_the_wrong_place_is_found(brief: Path, run: Run) -> None:
    page = (brief / "brief.html").read_text("utf-8")
    spans = re.findall(r'<span class="fact".*?</span>', page)
    first = next(span for span in spans if "moved" in span)
    other = next(span for span in spans if "provinces_count" in span)
    swapped = page.replace(first, other, 1)
    (brief / "brief.html").write_text(swapped, encoding="utf-8")
    assert verify(brief, {"run": run}, whole=True) != []


def test_a_brief_of_two_runs_is_not_checked_with_one(run: Run, tmp_path: Path) -> None:
    runs = {"run": run, "against": run}
    make_brief(runs, tmp_path / "brief", ["html"], "en")
    assert stale_statements(tmp_path / "brief", runs) == []
    with pytest.raises(OptionError, match="--against"):
        verify(tmp_path / "brief", {"run": run})


def test_a_folder_that_holds_no_brief_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text('{"language": "en"}', encoding="utf-8")
    with pytest.raises(InputError, match="holds no brief"):
        verify(tmp_path, {"run": run})


def test_a_row_that_is_gone_is_found(made_brief: Path, run: Run) -> None:
    flows = run.tables["flows"].iloc[:0]
    other = dataclasses.replace(run, tables={**run.tables, "flows": flows})
    assert "brief_gone" in keys_of(verify(made_brief, {"run": other}))


def test_words_that_the_run_would_not_give_are_found(brief: Path, run: Run) -> None:
    file = brief / "brief.md"
    said = file.read_text("utf-8")
    file.write_text(said.replace("All need is met", "Nearly all need is met"), encoding="utf-8")
    assert [problem.key for problem in stale_statements(brief, {"run": run})] == ["brief_words"]


def test_other_inputs_are_found(made_brief: Path, run: Run) -> None:
    provinces = run.scenario.tables["provinces"].assign(name="Elsewhere")
    other = dataclasses.replace(run, scenario=run.scenario.replace(provinces=provinces))
    assert "brief_other_run" in keys_of(stale_statements(made_brief, {"run": other}))


@pytest.mark.parametrize("name", ["brief.md", "brief.html"])
def test_a_numeral_changed_by_hand_is_found(brief: Path, run: Run, name: str) -> None:
    file = brief / name
    before = file.read_text("utf-8")
    file.write_text(re.sub(r"70 t(?=[\]<])", "71 t", before, count=1), encoding="utf-8")
    assert file.read_text("utf-8") != before
    assert "brief_differs" in keys_of(verify(brief, {"run": run}))


@pytest.mark.parametrize("name", ["brief.md", "brief.html"])
def test_a_numeral_added_by_hand_is_found(brief: Path, run: Run, name: str) -> None:
    file = brief / name
    before = file.read_text("utf-8")
    file.write_text(before.replace("Need may go unmet", "In 3 places need may go unmet"), "utf-8")
    assert [p.key for p in verify(brief, {"run": run})] == ["brief_untraced"]


def test_a_numeral_changed_in_word_is_found(brief: Path, run: Run) -> None:
    document = docx.Document(str(brief / "brief.docx"))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    number = next(run for run in runs if run.text.startswith("70"))
    number.text = number.text.replace("70", "75")
    document.save(str(brief / "brief.docx"))
    assert "brief_untraced" in keys_of(verify(brief, {"run": run}))


def test_a_unit_changed_in_word_is_found(brief: Path, run: Run) -> None:
    document = docx.Document(str(brief / "brief.docx"))
    heading = next(p for p in document.paragraphs if p.style.name == "Heading 1")
    for piece in heading.runs:
        piece.text = piece.text.replace("t", "kg") if piece.text == "t" else piece.text
    heading.runs[0].text = heading.text.replace("70 t", "70 kg")
    for piece in heading.runs[1:]:
        piece.text = ""
    document.save(str(brief / "brief.docx"))
    assert "brief_untraced" in keys_of(verify(brief, {"run": run}))


def test_the_pdf_of_another_plan_is_found(brief: Path, run: Run, tmp_path: Path) -> None:
    two = {"A": 10, "B": 0}
    rows = [made(place, tonnes) for place, tonnes in two.items() if tonnes]
    folder = write_scenario(
        tmp_path / "other",
        provinces=provinces("A", "B"),
        production=rows,
        need=[needed("B", 9)],
        arcs=[arc("A", "B", 7000)],
    )
    make_brief({"run": run_of(folder)}, tmp_path / "second", ["pdf"], "en")
    shutil.copy(tmp_path / "second" / "brief.pdf", brief / "brief.pdf")
    assert "brief_untraced" in keys_of(verify(brief, {"run": run}))


def test_the_sentences_of_a_brief_hold_no_numerals() -> None:
    sentences = {key: entry for key, entry in entries().items() if key.startswith("brief.")}
    said = re.sub(r"{\w+}", "", json.dumps([*sentences.values()], ensure_ascii=False))
    assert len(said) > 5000
    assert re.findall(r".{9}\d.{9}", said) == []


def test_a_brief_has_two_pages(made_brief: Path) -> None:
    assert len(pypdf.PdfReader(made_brief / "brief.pdf").pages) == 2


def test_the_page_is_one_file_for_a_phone(made_brief: Path) -> None:
    page = (made_brief / "brief.html").read_text("utf-8")
    assert 'name="viewport"' in page
    assert set(re.findall(r'(?:src|href)="(.{5})', page)) == {"data:"}
    assert page.count("<img") == page.count('alt="') >= 3


def test_a_number_of_the_page_tells_its_cells(made_brief: Path) -> None:
    page = (made_brief / "brief.html").read_text("utf-8")
    assert 'data-key="moved" title="summary.json /tonnes_moved">70 t</span>' in page


def test_pictures_speak_in_word_and_pdf_too(made_brief: Path) -> None:
    page = read_html((made_brief / "brief.html").read_text("utf-8"))
    spoken = ["".join(alt.split()) for alt, _ in page.alts]
    for alts in (read_docx(made_brief / "brief.docx")[1], read_pdf(made_brief / "brief.pdf")[1]):
        assert sorted("".join(alt.split()) for alt in alts) == sorted(spoken)


def test_a_word_file_carries_its_title(made_brief: Path) -> None:
    document = docx.Document(str(made_brief / "brief.docx"))
    assert document.core_properties.title == "All need is met if 70 t move between provinces"


def _with_words(tmp_path: Path, words: str) -> Run:
    folder = Path(shutil.copytree(SCENARIOS / "dua-pulau", tmp_path / "own"))
    file = folder / "scenario.toml"
    file.write_text(file.read_text("utf-8") + words, encoding="utf-8")
    return run_of(folder)


def test_a_writers_words_stand_in_the_brief_and_their_numerals_are_the_writers(
    tmp_path: Path,
) -> None:
    run = _with_words(tmp_path, OWN)
    make_brief({"run": run}, tmp_path / "brief", ["html", "docx"], "en")
    markdown = (tmp_path / "brief" / "brief.md").read_text("utf-8")
    assert "Told on [12]{.own key=opening} July" in markdown
    assert "move [70 t]{.fact key=moved}" in markdown
    page = (tmp_path / "brief" / "brief.html").read_text("utf-8")
    assert "&lt;b&gt;we" in page
    assert "file.png" not in re.findall(r'src="([^"]{0,20})', page)


def test_a_numeral_that_the_writer_did_not_write_is_found(tmp_path: Path) -> None:
    run = _with_words(tmp_path, OWN)
    make_brief({"run": run}, tmp_path / "brief", ["html"], "en")
    file = tmp_path / "brief" / "brief.html"
    file.write_text(file.read_text("utf-8").replace(">80<", ">90<"), encoding="utf-8")
    assert keys_of(verify(tmp_path / "brief", {"run": run})) == {"brief_not_own"}


def test_a_fact_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    run = _with_words(tmp_path, '[brief.closing]\nen = "It moves {{ movd }}."')
    with pytest.raises(InputError, match='Did you mean "moved"'):
        write(BriefData({"run": run}, "en"), Room(5, 5))


def test_words_on_a_base_are_not_words_on_what_extends_it(tmp_path: Path) -> None:
    base = Path(shutil.copytree(SCENARIOS / "dua-pulau", tmp_path / "base"))
    with (base / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write(OWN)
    top = tmp_path / "top"
    top.mkdir()
    head = (
        '[scenario]\ntitle = { id = "T", en = "T" }\nextends = "../base"\ndata_date = 2023-01-01\n'
    )
    (top / "scenario.toml").write_text(head, encoding="utf-8")
    assert planner.read_scenario(top).settings.brief.opening.en == ""


def test_a_writers_words_leave_the_digest_as_it_is(run: Run, tmp_path: Path) -> None:
    assert _with_words(tmp_path, OWN).scenario.digest() == run.scenario.digest()


def test_the_message_is_who_is_short(tmp_path: Path) -> None:
    folder = write_scenario(
        tmp_path / "short",
        provinces=provinces("A", "B"),
        production=[made("A", 50)],
        need=[needed("A", 30), needed("B", 90)],
        arcs=[arc("A", "B", 7000)],
    )
    assert re.search(r"\[70 t\].* of rice go unmet, most of all in B", headline(run_of(folder)))


def test_the_message_is_what_a_pair_in_focus_could_trade(run: Run) -> None:
    row = {"direction": "A-B", "commodity": run.scenario.commodities[0], "planned_t": 1.0}
    row |= {"potential_t": 30.0, "extra_idr_per_t": 5e5, "flip_idr_per_t": -1.0}
    first, second = run.scenario.provinces
    pair = pd.DataFrame([{**row, "direction": f"{first}-{second}"}])
    said = headline(dataclasses.replace(run, tables={**run.tables, "pair": pair}))
    assert "[30 t]{.fact key=trade_1_potential}" in said
    assert "[Rp500/kg]{.fact key=trade_1_extra}" in said


def test_a_cheaper_plan_that_leaves_the_stores_empty_says_so(run: Run) -> None:
    good = run.scenario.commodities[0]
    emptier = dataclasses.replace(run, facts={**run.facts, "closing_gap_t": {good: 12.0}})
    assert "[12 t]{.fact key=closing_gap} are missing from the closing stock" in headline(
        emptier, run
    )


def test_the_message_is_what_changed_where_there_is_another_run(run: Run) -> None:
    dearer = dataclasses.replace(run, facts={**run.facts, "cost_idr": run.facts["cost_idr"] + 1e9})
    assert re.match(
        r"The cost goes from \[Rp.*\] to .*100%.* as before",
        re.sub(r"{.*?}", "", headline(dearer, run)),
    )


def test_text_of_a_stranger_stays_text() -> None:
    nasty = ["<b>1</b> & *x*", "[a](b) ![c](d)", "$x^2$ `y` ~z~", "# h", "- l", "+ l", "1. n", ":::", "| p |",
             "\\raw{1} {=html}", "a__b__ 'q' \"r\"", "=== @c #d"]  # fmt: skip
    pieces = read_html(to_html("\n\n".join(f"{mark_numerals(text, 'k')}" for text in nasty))).pieces
    assert [line for line in "".join(p.text for p in pieces).splitlines() if line.strip()] == nasty


def test_a_vessel_service_in_the_table_is_a_fact_too(run: Run) -> None:
    flows = run.tables["flows"].assign(service="H-5")
    services = pd.DataFrame([{"service": "H-5", "name": "H-5"}])
    tables = {**run.scenario.tables, "services": services}
    sailed = dataclasses.replace(
        run,
        tables={**run.tables, "flows": flows},
        scenario=dataclasses.replace(run.scenario, tables=tables),
    )
    markdown = write(BriefData({"run": sailed}, "en"), Room(3, 9)).markdown
    assert "[H-5]{.fact key=service_H_5}" in markdown


def test_a_phrase_is_found_over_the_end_of_a_line_but_not_inside_another_number() -> None:
    assert _hit("at Rp614/\nkg or", 5, ["Rp614/kg"]) == (0, 12)
    assert _hit("at Rp6140/kg", 5, ["Rp614"]) is None


def test_a_sign_belongs_to_its_number() -> None:
    assert _hit("at -614 t", 4, ["614 t", "-614 t"]) == (1, 9)
    assert _hit("at -Rp614", 6, ["Rp614"]) is None
    assert _hit("2023-01", 5, ["01"]) == (0, 7)
    assert _hit("Jan - 614 t", 6, ["614 t"]) == (0, 11)


def test_two_facts_of_one_name_are_kept_apart(run: Run) -> None:
    facts = Facts({"run": run}, "en")
    named = [facts.add("a-b", "tonnes", summary(f"/{key}")) for key in ("need_t", "tonnes_moved")]
    assert [fact.name for fact in named] == ["a_b", "a_b_"]
    assert facts.add("a-b", "tonnes", summary("/need_t")) is named[0]


def test_a_share_is_never_rounded_to_all(run: Run) -> None:
    facts = Facts({"run": dataclasses.replace(run, facts={**run.facts, "coverage": 0.99998})}, "en")
    assert facts.add("share", "share", summary("/coverage")).text == "99.998%"


def test_cells_that_do_not_exist_are_an_error_and_no_zero(run: Run) -> None:
    with pytest.raises(LookupError):
        Facts({"run": run}, "en").add("none", "tonnes", table("flows", "tonnes", origin="nowhere"))


def test_a_missing_library_is_told_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> None:
        raise ImportError(name=name)

    monkeypatch.setattr(extra, "import_module", absent)
    with pytest.raises(OptionError, match=r'pip install "antarpulau\[brief\]"'):
        extra.import_or_explain("typst")


def test_a_brief_is_replaced_only_on_request_and_only_a_brief(brief: Path, tmp_path: Path) -> None:
    require_new_folder(brief, force=True)
    for folder, force in ((brief, False), (tmp_path, True)):
        with pytest.raises(OptionError):
            require_new_folder(folder, force=force)


def test_nothing_is_left_of_a_brief_that_fails(tmp_path: Path) -> None:
    run = _with_words(tmp_path, '[brief.closing]\nen = "{{ nothing }}"')
    with pytest.raises(InputError):
        make_brief({"run": run}, tmp_path / "brief", ["html"], "en")
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_messages_are_told_in_both_languages(made_brief: Path, run: Run) -> None:
    found = verify(made_brief, {"run": with_cell(run, "flows", "tonnes", 2)})
    assert found[0].message("id") != found[0].message("en")
    assert text("brief.true", "id", folder="x") != text("brief.true", "en", folder="x")
