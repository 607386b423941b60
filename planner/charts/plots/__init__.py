"""The charts themselves, one a file; each declares itself with `planner.charts.registry.chart`."""
