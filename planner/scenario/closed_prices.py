"""Prices that stand for "never": above a million rupiah a kilogram nothing is paid, and the way is closed.

arcs, services    the lane is left out of the network, whichever rate makes it so dear
imports           nothing is let in at that price
prices            nothing is bought at that producer price
commodities       what is so dear to hold is not stored
recipes           the recipe is not used
rules             a penalty so high is that of a rule that may not be broken; it stays what it is

A price of this size is no price: it would be taken into every sum, and drown all others. It is told with its place,
by `planner check` (`planner.scenario.checks.plausibility`) and by the run.
"""

NEVER = 1e9
"""IDR/t: a million rupiah a kilogram."""
