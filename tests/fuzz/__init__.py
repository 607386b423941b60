"""The fuzzer: inputs spoilt by chance and by seed, and what `planner` says of each.

`README.md` tells how to use it.
"""
