"""`python -m planner.docs` writes the pages made from the code; with `--site OUT` it builds the site."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from planner.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m planner.docs", description=__doc__)
    parser.add_argument("below", nargs="?", type=Path, default=ROOT, metavar="DIR")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--site", type=Path, metavar="OUT")
    asked = parser.parse_args()
    # Help texts are looked up when the commands are imported, so the language is set before that.
    os.environ["PLANNER_LANGUAGE"] = asked.language
    if asked.site:
        from planner.docs.site import build

        return build(ROOT, asked.site)
    from planner.docs.pages import write

    write(ROOT, asked.below, asked.language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
