"""Files -> Scenario: tables, settings, overlays, and every check of them."""

from planner.scenario.horizon import Horizon
from planner.scenario.read import examine, read_scenario
from planner.scenario.scenario import Scenario
from planner.scenario.schema import TABLES
from planner.scenario.settings import Settings

__all__ = ["TABLES", "Horizon", "Scenario", "Settings", "examine", "read_scenario"]
