"""The run folder: written whole or not at all, read back without loss."""

from planner.formats.atomic import (
    Target,
    atomic_file,
    atomic_files,
    atomic_folder,
    exists,
    inspect_target,
    require_new_file,
)
from planner.formats.datapackage import SUMMARY_FILE
from planner.runs.read_run import read_run
from planner.runs.run import FORMAT, UNITS, Run
from planner.runs.write_run import (
    replaced_run,
    require_new_output,
    round_for_output,
    write_json,
    write_run,
    write_tables,
)

__all__ = [
    "FORMAT",
    "SUMMARY_FILE",
    "UNITS",
    "Run",
    "Target",
    "atomic_file",
    "atomic_files",
    "atomic_folder",
    "exists",
    "inspect_target",
    "read_run",
    "replaced_run",
    "require_new_file",
    "require_new_output",
    "round_for_output",
    "write_json",
    "write_run",
    "write_tables",
]
