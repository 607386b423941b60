"""The fuzzer: inputs spoilt by chance and by seed, and what `planner` says of each.

`README.md` tells how to use it.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # where the textbook stands
