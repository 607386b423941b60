"""The run folder: written whole or not at all, read back without loss."""

from planner.runs.package import SUMMARY_FILE
from planner.runs.reading import read_run
from planner.runs.run import FORMAT, UNITS, Run
from planner.runs.whole import (
    Place,
    exists,
    free_file,
    place_of,
    whole_file,
    whole_files,
    whole_folder,
)
from planner.runs.writing import (
    require_free,
    rounded,
    write_json,
    write_run,
    write_tables,
)

__all__ = [
    "FORMAT",
    "SUMMARY_FILE",
    "UNITS",
    "Place",
    "Run",
    "exists",
    "free_file",
    "place_of",
    "read_run",
    "require_free",
    "rounded",
    "whole_file",
    "whole_files",
    "whole_folder",
    "write_json",
    "write_run",
    "write_tables",
]
