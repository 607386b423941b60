"""What the stages of a plan reached, in one line."""

from __future__ import annotations

from planner.i18n import money, percent, text, tonnes
from planner.solution import Solution
from planner.solution.stage_results import CoverageResult, FairnessResult, Reached, StabilityResult


def stage_lines(solution: Solution, language: str) -> list[str]:
    """Report what each stage reached; nothing where a plan has none beside the cost."""
    told = [_told(solution, stage, language) for stage in solution.stages]
    return [text("report.stages", language, stages="; ".join(told))] if told else []


def _told(solution: Solution, stage: Reached, language: str) -> str:
    if isinstance(stage, CoverageResult):
        return text("report.stage_coverage", language, least=tonnes(stage.least, language))
    if isinstance(stage, StabilityResult):
        return text(
            "report.stage_calm",
            language,
            changes=stage.changes,
            new=stage.count("new"),
            given_up=stage.count("given_up"),
            cheapest=stage.cheapest_changes,
            bound=stage.bound,
            rise=_rise(stage.rise, language),
        )
    return _fairness(solution, stage, language)


def _rise(idr: float, language: str) -> str:
    amount = money(abs(idr), language)
    key = "stage_calm_falls" if idr < 0 else "stage_calm_rises"
    return text(f"report.{key}", language, amount=amount)


def _fairness(solution: Solution, stage: FairnessResult, language: str) -> str:
    aside = int(stage.set_aside.sum())
    said = [text("report.stage_aside", language, count=aside)] if aside else []
    if stage.lowest is None:
        said.insert(0, text("report.stage_fairness_whole", language))
    else:
        provinces = solution.scenario.names("provinces", language)
        goods = solution.scenario.names("commodities", language)
        lowest = text(
            "report.stage_fairness",
            language,
            coverage=percent(float(stage.coverage[stage.lowest]), language, 1),
            province=provinces[stage.province[stage.lowest]],
            commodity=goods[stage.commodity[stage.lowest]].lower(),
        )
        said.insert(0, lowest)
    return ", ".join(said)
