"""The commands, one file each; `planner.cli.app` puts them together."""
