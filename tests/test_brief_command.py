"""`planner brief` as its users start it, on the national plan in Indonesian."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from processes import Finished
from processes import planner as command

import planner
from planner import Solution
from planner.runs import write_run


@pytest.fixture(scope="module")
def folder(national: Solution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of the nation."""
    run = tmp_path_factory.mktemp("brief") / "run"
    run.mkdir()
    write_run(run, planner.make_run(national))
    return run


@pytest.fixture(scope="module")
def told(folder: Path) -> Finished:
    return command("brief", folder)


def test_a_brief_lies_in_the_run_folder_in_three_forms(told: Finished, folder: Path) -> None:
    assert told.returncode == 0
    made = {path.name for path in (folder / "brief").iterdir()}
    forms = {f"brief.{form}" for form in ("md", "html", "docx", "pdf")}
    assert made == {*forms, "charts", "facts.json"}


def test_its_message_is_told(told: Finished) -> None:
    assert "Semua kebutuhan terpenuhi bila 12,9 juta ton bergerak antarprovinsi" in told.stdout


def test_the_nation_fits_on_two_pages(told: Finished, folder: Path) -> None:
    assert told.returncode == 0
    assert len(pypdf.PdfReader(folder / "brief" / "brief.pdf").pages) == 2


def test_it_is_true_when_read_again_and_false_when_its_run_was_changed(
    told: Finished, folder: Path
) -> None:
    assert told.returncode == 0
    assert command("brief", folder, "--check").returncode == 0
    flows = folder / "flows.csv"
    flows.write_bytes(flows.read_bytes().replace(b"18368.019", b"18369.019"))
    again = command("brief", folder, "--check")
    assert again.returncode == 1
    assert "flows.csv" in again.stderr


def test_an_unknown_form_is_refused(folder: Path) -> None:
    done = command("brief", folder, "--format", "html,odt")
    assert done.returncode == 2
    assert "odt" in done.stderr
