"""Settings of Sphinx for the site; `python -m planner.docs --site OUT` copies them to its sources."""

from __future__ import annotations

from planner import __version__

project = "planner"
html_show_copyright = False
author = "The planner authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
html_theme = "furo"
html_title = f"planner {__version__}"
html_copy_source = False
myst_heading_anchors = 4
"""Links within pages are spelt as forges spell them."""
autodoc_typehints = "none"  # the docstrings say types where they help
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_ivar = True
exclude_patterns = ["tests/cases/**"]
suppress_warnings = ["misc.highlighting_failure"]  # an excerpt of TOML need not be a whole file
