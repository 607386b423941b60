"""Reads the artists of a chart."""


def artists(ax, prefix):
    """All artists of an axes and its insets whose name begins so."""
    found = [child for child in ax.findobj() if (child.get_gid() or "").startswith(prefix)]
    return {child.get_gid(): child for child in found}


def words(ax, gid=None):
    """All text on an axes, its insets and its legend."""
    chosen = [a for a in ax.findobj() if hasattr(a, "get_text") and gid in (None, a.get_gid())]
    return " ".join(a.get_text() for a in chosen)


def boxes(ax, gid):
    """The rectangles of the texts of that name, axes by axes."""
    panels = [ax, *ax.child_axes]
    return [[t.get_window_extent() for t in p.texts if t.get_gid() == gid] for p in panels]
