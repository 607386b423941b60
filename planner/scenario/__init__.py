"""Files -> Scenario: tables, settings, overlays, and every check of them."""

from planner.scenario.read import examine, read_scenario
from planner.scenario.scenario import Scenario
from planner.schema.horizon import Horizon
from planner.schema.settings import Settings
from planner.schema.tables import TABLES

__all__ = ["TABLES", "Horizon", "Scenario", "Settings", "examine", "read_scenario"]
