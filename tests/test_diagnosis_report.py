"""What `planner diagnose` says: questions, sentences, cells to write into, exit codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from broken_models import BROKEN, DEAL, PLENTY, TWO, WAY, mended, rule
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of, write_scenario
from processes import Finished
from processes import planner as command

import planner
from planner import Scenario
from planner.analysis.infeasibility import Query, conflicting_rules, diagnose, parse_query
from planner.analysis.infeasibility.relaxations import KINDS, WEIGHTS
from planner.errors import OptionError
from planner.i18n import LANGUAGES, keys
from planner.reports import diagnosis as told

TWO_PORTS = {
    "provinces": provinces("A", "B", "C"),
    "production": [made("A", 100)],
    "need": [needed("B", 30), needed("C", 20)],
    "arcs": [arc("A", "B", 1, capacity=10), arc("A", "C", 1, capacity=5)],
}
"""B lacks 20 t and C 15 t."""
CAPACITY = re.compile(r"^ +(.*), baris (\d+), kolom (\w+): (\S+) menjadi (\S+)\.$", re.MULTILINE)


def said(scenario: Scenario, asked: Query = Query(), language: str = "en") -> str:  # noqa: B008
    return "\n".join(told(scenario, diagnose(scenario, asked), language, asked))


@pytest.mark.parametrize(
    ("asked", "arcs"),
    [
        (Query(), [("A", "B"), ("A", "C")]),
        (Query(province="C"), [("A", "C")]),
        (Query(province="B", period=JANUARY), [("A", "B")]),
        (Query(province="A"), []),
        (Query(commodity="rice", province="B"), [("A", "B")]),
    ],
)
def test_only_the_needs_asked_about_are_explained(
    tmp_path: Path, asked: Query, arcs: list[tuple[str, str]]
) -> None:
    answer = diagnose(scenario_of(tmp_path, **TWO_PORTS), asked)
    assert sorted(line.key[:2] for line in answer.lines or []) == arcs


def test_a_need_is_not_met_by_robbing_another(tmp_path: Path) -> None:
    """B and C share what A has; C alone is asked about."""
    short = {
        **TWO_PORTS,
        "production": [made("A", 40)],
        "arcs": [arc("A", "B", 1), arc("A", "C", 2)],
    }
    scenario = scenario_of(tmp_path, **short)
    before = planner.solve(scenario).coverage().set_index("province")["unmet_t"]
    answer = diagnose(scenario, Query(province="C"))
    after = planner.solve(mended(scenario, answer.lines or [])).coverage()["unmet_t"]
    assert (before["B"], before["C"], after.sum()) == pytest.approx((0, 10, 0))


@pytest.mark.parametrize(
    ("without", "kinds"),
    [((), ["import"]), (("import",), ["opening"]), (("import", "stock"), ["production"])],
)
def test_a_remedy_that_nobody_can_use_is_not_proposed(
    tmp_path: Path, without: tuple[str, ...], kinds: list[str]
) -> None:
    scenario = BROKEN["an import quota too small"].scenario(tmp_path)
    answer = diagnose(scenario, Query(without=without))
    assert [line.kind for line in answer.lines or []] == kinds


def test_where_no_remedy_is_left_the_answer_says_so(tmp_path: Path) -> None:
    scenario = BROKEN["an arc without room"].scenario(tmp_path)
    asked = Query(without=("transport", "stock", "production"))
    assert diagnose(scenario, asked).lines is None
    assert "Without changing transport, stocks, production there is no way out." in said(
        scenario, asked
    )


@pytest.mark.parametrize(
    ("kind", "changed"), [("policy", "rules"), ("contract", "rules"), ("physical", "arcs")]
)
def test_the_soft_gives_way_before_the_hard(tmp_path: Path, kind: str, changed: str) -> None:
    """B lacks 20 t: the way through C is banned, the straight one has room for 95 % of what it needs."""
    islands = {**PLENTY, "provinces": provinces("A", "B", "C"), "need": [needed("B", 40)]}
    ways = [arc("A", "B", 1, capacity=38), arc("A", "C", 1), arc("C", "B", 1)]
    most = rule("most", "<=", 1, kind=kind, origin="C")
    answer = diagnose(scenario_of(tmp_path, **{**islands, "arcs": ways, "rules": [most]}))
    assert [line.of.table for line in answer.lines or []] == [changed]


def test_the_sentences_give_names_amounts_and_the_cell_to_change(tmp_path: Path) -> None:
    scenario = BROKEN["a port that cannot unload"].scenario(tmp_path)
    lines = said(scenario).splitlines()
    assert lines[0] == "Need that is not met: rice 38 t (B; Jan 2023)."
    assert "1. Port b is short of 38 t (Jan 2023)." in lines
    assert f"   {tmp_path / 'ports.csv'}, line 3, column throughput_t: 12 becomes 50." in lines


def test_a_figure_of_a_whole_year_is_changed_by_an_adjustment(tmp_path: Path) -> None:
    year = {"horizon": (JANUARY, 2, "month"), "production": [made("A", 365, "")], "arcs": WAY}
    needs = [needed("A", 31), needed("A", 40, FEBRUARY)]
    spoils = [{"commodity": "rice", "max_stock_periods": 0}]
    scenario = scenario_of(tmp_path, **{**TWO, **year, "need": needs, "commodities": spoils})
    cell = f"{tmp_path / 'production.csv'}, line 2, column tonnes: by [[adjust]]: 2023-02 add = 12."
    assert cell in said(scenario)


def test_a_row_that_is_not_there_is_written_out(tmp_path: Path) -> None:
    scenario = BROKEN["a good that may not be imported"].scenario(tmp_path)
    row = "imports.csv, new row: port b, commodity rice, period 2023-01, max_tonnes 30."
    assert row in said(scenario)


def test_an_exact_rule_that_is_too_much_here_and_too_little_there_goes(tmp_path: Path) -> None:
    needs = [needed("B", 50), needed("C", 5)]
    islands = {**PLENTY, "provinces": provinces("A", "B", "C"), "need": needs}
    ways = [arc("A", "B", 1), arc("A", "C", 1, capacity=8)]
    exact = rule("exact", "=", 10, per="destination")
    scenario = scenario_of(tmp_path, **{**islands, "arcs": ways, "rules": [exact]})
    answer = diagnose(scenario)
    assert [(line.kind, line.changes[0].new) for line in answer.lines or []] == [("equal", 1)]
    wider = scenario.replace(rules=scenario.tables["rules"].assign(sense="<="))
    assert "allow 40 t more" not in said(scenario)
    assert [line.kind for line in diagnose(wider).lines or []] == ["ceiling"]


def test_every_kind_of_limit_and_remedy_has_its_words() -> None:
    kinds = {*KINDS, "lifted", "more", "less", "gone"} - {"equal"}
    wanted = {f"diagnosis.line.{kind}" for kind in kinds}
    wanted |= {f"diagnosis.limit.{kind}" for kind in KINDS}
    wanted |= {f"diagnosis.kind.{name}" for name in WEIGHTS}
    assert wanted - set(keys()) == set()


@pytest.mark.parametrize("name", BROKEN)
def test_every_answer_can_be_said_in_both_languages(tmp_path: Path, name: str) -> None:
    scenario = BROKEN[name].scenario(tmp_path)
    answer = diagnose(scenario)
    both = [told(scenario, answer, language) for language in LANGUAGES]
    assert len(both[0]) == len(both[1]) >= 4


@pytest.mark.parametrize(
    "words",
    [("Z", "", "", []), ("", "ric", "", []), ("", "", "2024-01", []), ("", "", "", ["luck"])],
)
def test_what_is_not_known_is_refused(tmp_path: Path, words: tuple[Any, ...]) -> None:
    with pytest.raises(OptionError):
        parse_query(scenario_of(tmp_path, **TWO_PORTS), *words)


def diagnosed(folder: Path, *more: object, **env: str) -> Finished:
    return command("diagnose", folder, *more, **env)


def test_doing_what_is_said_in_the_files_mends_the_scenario(tmp_path: Path) -> None:
    """Cell by cell, as a planner would do it."""
    folder = write_scenario(tmp_path, **TWO_PORTS)
    first = diagnosed(folder)
    for file, line, column, old, new in CAPACITY.findall(first.stdout):
        rows = Path(file).read_text(encoding="utf-8").splitlines()
        cells, place = rows[int(line) - 1].split(","), rows[0].split(",").index(column)
        assert cells[place] == old
        cells[place] = new
        rows[int(line) - 1] = ",".join(cells)
        Path(file).write_text("\n".join(rows), encoding="utf-8")
    assert (first.returncode, len(CAPACITY.findall(first.stdout))) == (0, 2)
    assert "tidak ada yang kurang" in diagnosed(folder).stdout


def test_a_run_without_a_plan_says_what_stands_against_what(tmp_path: Path) -> None:
    lanes = [arc("A", "B", 100, capacity=30)]
    folder = write_scenario(tmp_path / "in", **{**PLENTY, "arcs": lanes, "rules": [DEAL]})
    done = command("run", folder, "--no-charts", "--out", tmp_path / "out", "--language", "en")
    assert (done.returncode, (tmp_path / "out").exists()) == (3, False)
    assert "Stands against: capacity by ship from A to B." in done.stdout


@pytest.mark.parametrize(("room", "hinted"), [(30, True), (60, False)])
def test_a_run_that_leaves_need_unmet_says_where_to_ask(
    tmp_path: Path, room: float, hinted: bool
) -> None:
    lanes = [arc("A", "B", 100, capacity=room)]
    folder = write_scenario(tmp_path / "in", **{**PLENTY, "arcs": lanes})
    done = command("run", folder, "--no-charts", "--out", tmp_path / "out")
    assert (done.returncode, "planner diagnose SCENARIO" in done.stdout) == (0, hinted)


def test_input_problems_come_first(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path, **{**PLENTY, "arcs": [arc("B", "A", 1)]})
    assert diagnosed(folder).returncode == 1


def test_where_all_limits_can_be_kept_the_solver_is_named_as_the_cause(tmp_path: Path) -> None:
    scenario = scenario_of(tmp_path, **TWO_PORTS)
    assert "the solver failed" in told(scenario, conflicting_rules(scenario), "en")[-1]
