"""The commands, one file each; `planner.cli` puts them together."""
