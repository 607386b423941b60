"""The styles of the Word file: pandoc's own reference document, with the fonts, sizes and margins of a brief."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.brief.optional_libraries import import_or_explain

FONT = "Calibri"
INK, SOFT, ACCENT = "1A1A1A", "595959", "1B4F8A"
PALE, WARM = "EEF3F9", "FBF3E6"
_OF_OURS = {
    "Brief Kicker": (9, SOFT, ""),
    "Brief Lead": (10.5, INK, ""),
    "Brief Numbers": (10, INK, PALE),
    "Brief Figure": (9, INK, ""),
    "Brief Caption": (8.5, SOFT, ""),
    "Brief Small": (9, INK, ""),
    "Brief Box": (10, INK, PALE),
    "Brief Limits": (9, INK, WARM),
    "Brief Writer": (10, INK, ""),
}
"""Size in points, colour of the letters, and of the ground."""


def reference(folder: Path) -> Path:
    """Build the reference document that pandoc takes the styles from.

    Parameters
    ----------
    folder
        Where it is written.
    """
    pandoc, docx = import_or_explain("pypandoc"), import_or_explain("docx")
    file = folder / "reference.docx"
    pandoc.convert_text("", "docx", format="markdown", outputfile=str(file))
    document = docx.Document(str(file))
    _page(document.sections[0], docx.shared)
    _known_styles(document.styles, docx.shared)
    for title, (size, colour, ground) in _OF_OURS.items():
        style = document.styles.add_style(title, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Body Text"]
        _look(style, size, colour, docx.shared)
        if ground:
            _shade(style, ground, docx)
    document.save(str(file))
    return file


def finish(file: Path, title: str) -> None:
    """Give a Word file its title, and keep the rows of its tables whole at the end of a page."""
    docx = import_or_explain("docx")
    document = docx.Document(str(file))
    document.core_properties.title = title
    for row in (row for table in document.tables for row in table.rows):
        row._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:cantSplit"))  # noqa: SLF001
    document.save(str(file))


def _page(section: Any, units: Any) -> None:
    section.page_width, section.page_height = units.Mm(210), units.Mm(297)
    section.left_margin = section.right_margin = units.Mm(20)
    section.top_margin = section.bottom_margin = units.Mm(16)


def _known_styles(styles: Any, units: Any) -> None:
    sizes = {
        "Normal": (10, INK),
        "Body Text": (10, INK),
        "First Paragraph": (10, INK),
        "Compact": (9, INK),
        "Heading 1": (20, INK),
        "Heading 2": (12, ACCENT),
    }
    for name, (size, colour) in sizes.items():
        _look(styles[name], size, colour, units)
    for name in ("Heading 1", "Heading 2"):
        styles[name].font.bold = True
        styles[name].paragraph_format.space_before = units.Pt(8)


def _look(style: Any, size: float, colour: str, units: Any) -> None:
    style.font.name, style.font.size = FONT, units.Pt(size)
    style.font.color.rgb = units.RGBColor.from_string(colour)
    style.paragraph_format.space_before = units.Pt(0)
    style.paragraph_format.space_after = units.Pt(3)


def _shade(style: Any, ground: str, docx: Any) -> None:
    """Colour the ground of a paragraph style; python-docx has no word for it."""
    shade = docx.oxml.OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", ground)):
        shade.set(docx.oxml.ns.qn(f"w:{key}"), value)
    style.element.get_or_add_pPr().append(shade)
