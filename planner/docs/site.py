"""The documentation site: all pages of the project bound together by Sphinx, without a network.

Pages stay where they are kept. To build, they are laid into a temporary folder in the same order, so
that their links still hold; pages of this room go to its top. Pictures are drawn there as well.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.docs.gallery import draw_gallery

ROOMS = ("planner", "scenarios", "tests")
TOP = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
HERE = Path("planner") / "docs"
_LINK = re.compile(r"\]\(([^)#:\s]+)(?=[)#])")


def build(root: Path, out: Path) -> int:
    """Build the site into a folder.

    Parameters
    ----------
    root
        Top of the project.
    out
        Where the HTML goes.

    Returns
    -------
    int
        0, or what Sphinx ended with: it stops at any warning, such as a link that leads nowhere.
    """
    with TemporaryDirectory() as made:
        source = Path(made)
        collect(root, source)
        _add_indonesian(root, source / "id")
        draw_gallery(root / "scenarios", source)
        words = ["-b", "html", "-W", "--keep-going", "-q", str(source), str(out.resolve())]
        return subprocess.run(
            [sys.executable, "-m", "sphinx", *words], check=False, cwd=root
        ).returncode


def collect(root: Path, source: Path) -> None:
    """Lay every page, and every file that a page links to, where Sphinx reads them."""
    for page in pages_of(root):
        text = page.read_text("utf-8")
        place = page.relative_to(root)
        _write(source / placed(place), links_from_top(text, place))
        for linked in _LINK.findall(text):
            target = (page.parent / linked).resolve()
            if target.is_file() and target.suffix != ".md":
                kept = source / placed(target.relative_to(root.resolve()))
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(target, kept)
    shutil.copyfile(root / HERE / "conf.py", source / "conf.py")


def pages_of(root: Path) -> Iterator[Path]:
    """Yield the pages of the site: all but the README, which is the page of the forge."""
    yield from (root / name for name in TOP)
    for room in ROOMS:
        yield from sorted((root / room).rglob("*.md"))


def placed(page: Path) -> Path:
    """Return where a file stands in the site."""
    return page.relative_to(HERE) if page.is_relative_to(HERE) else page


def links_from_top(text: str, place: Path) -> str:
    """Return a page whose links fit its place in the site: `planner/docs` is the top there."""
    if place.is_relative_to(HERE):
        return text.replace("](../../", "](")
    return text.replace("](planner/docs/", "](")


def _add_indonesian(root: Path, target: Path) -> None:
    """Write the pages that are made in Indonesian; help texts ask for a process of that language."""
    words = [sys.executable, "-m", "planner.docs", str(target), "--language", "id"]
    subprocess.run(words, check=True, cwd=root)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
