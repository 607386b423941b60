"""Two scenarios as they are written, side by side."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, store, write_scenario
from typer.testing import CliRunner

from planner.cli.app import app
from planner.exchange.merge.differences import differences
from planner.exchange.merge.written_scenario import read_written

NATIONAL = Path(__file__).parents[1] / "scenarios" / "nasional-2023"


def small(folder: Path, tonnes: object = 100, **more: object) -> Path:
    given = {"provinces": provinces("A", "B"), "arcs": [arc("A", "B", 5)]}
    rows = {**given, "production": [made("A", tonnes)], "need": [needed("B", 80)], **more}
    return write_scenario(folder, **rows)


def between(before: Path, after: Path) -> pd.DataFrame:
    return differences(read_written(before), read_written(after))


def test_a_scenario_does_not_differ_from_itself() -> None:
    national = read_written(NATIONAL)
    assert differences(national, national).empty


def test_a_changed_figure_is_told_with_its_size(tmp_path: Path) -> None:
    found = between(small(tmp_path / "a"), small(tmp_path / "b", 125)).to_dict("records")
    assert len(found) == 1
    told = {name: found[0][name] for name in ("table", "key", "column", "before", "after")}
    key = "A; rice; 2023-01"
    assert list(told.values()) == ["production", key, "tonnes", "100", "125"]
    assert (found[0]["difference"], found[0]["relative"]) == (25, 0.25)
    assert (found[0]["source_before"], found[0]["line_after"]) == ("made_up", 2)


@pytest.mark.parametrize("same", ["100.0", "1e2", "0100"])
def test_another_way_of_writing_a_figure_is_no_difference(tmp_path: Path, same: str) -> None:
    assert between(small(tmp_path / "a"), small(tmp_path / "b", same)).empty


def test_a_blank_cell_is_what_it_stands_for(tmp_path: Path) -> None:
    written = {**made("A", 100), "loss": 0}
    b = small(tmp_path / "b", production=[written], need=[{**needed("B", 80), "use": "food"}])
    assert between(small(tmp_path / "a"), b).empty


def test_a_blank_cell_that_follows_another_is_no_difference_of_its_own(tmp_path: Path) -> None:
    a = small(tmp_path / "a", stocks=[store("A", 5)])
    found = between(a, small(tmp_path / "b", stocks=[store("A", 6)]))
    assert found["column"].tolist() == ["opening_t"]


def test_rows_that_come_and_go_are_told_with_their_figures(tmp_path: Path) -> None:
    more = [made("A", 100), made("B", 7)]
    a, b = small(tmp_path / "a"), small(tmp_path / "b", production=more)
    for pair, change, cells in (((a, b), "added", ["", "7"]), ((b, a), "removed", ["7", ""])):
        found = between(*pair)
        assert found[["change", "before", "after"]].to_numpy().tolist() == [[change, *cells]]


def test_settings_differ_by_their_names(tmp_path: Path) -> None:
    b = small(tmp_path / "b", horizon=(JANUARY, 2, "month"), production=[made("A", 100)])
    found = between(small(tmp_path / "a"), b)
    assert found["key"].tolist() == ["horizon.periods"]
    assert found["difference"].tolist() == [1]


def test_an_overlay_is_laid_beside_its_base_with_all_it_extends(tmp_path: Path) -> None:
    a = small(tmp_path / "a", horizon=(JANUARY, 2, "month"))
    b = tmp_path / "b"
    b.mkdir()
    (b / "scenario.toml").write_text('[scenario]\nextends = "../a"\n', encoding="utf-8")
    rows = f"province,commodity,period,tonnes,source\nA,rice,{FEBRUARY},9,made_up\n"
    (b / "production.csv").write_text(rows, encoding="utf-8")
    assert between(a, b)["change"].tolist() == ["added"]


def test_the_command_tells_differences_and_writes_them_all(tmp_path: Path) -> None:
    a, b, out = small(tmp_path / "a"), small(tmp_path / "b", 125), tmp_path / "d.csv"
    words = ["diff", str(a), str(b), "--out", str(out), "--language", "en"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    assert "production A; rice; 2023-01, tonnes: 100 -> 125 (+25; +25.0%)" in done.stdout
    assert len(pd.read_csv(out)) == 1
