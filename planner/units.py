"""Units: how many of ours is one of theirs.

The definitions are our own few, in the words of the trade: a `ton` is 1,000 kg here, never a short ton, and
a container (TEU) holds tonnes only by what the good weighs. `MT` is left out on purpose: it is a metric ton
to some and a million tonnes to others.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

from planner.language import Phrase
from planner.language.spelling import near

if TYPE_CHECKING:
    from pint import UnitRegistry

_DEFINITIONS = """
kg = [mass] = kilogram = kilo
kuintal = 100 kg = kwintal = kw = quintal
t = 1000 kg = ton = tonne = tonnes
TEU = [container] = teu
IDR = [money] = Rp = rupiah
person = [people] = people = orang = jiwa
km = [road] = kilometer
nm = [sea] = mil
day = [time] = hari = days
year = 365.25 day = tahun
ribu = 1000 = thousand
juta = 1000000 = million
miliar = 1000000000 = billion
fraction = 1 = pecahan
percent = 0.01 = persen
"""


class UnitError(ValueError):
    """A unit that is not known, or that counts something else.

    Parameters
    ----------
    unit
        What was given.
    wanted
        The unit it should turn into.
    nearest
        A known unit that may be meant, "-" for none; empty where it is known but counts something else.
    """

    def __init__(self, unit: str, wanted: str, nearest: str = "") -> None:
        super().__init__(unit, wanted, nearest)
        self.unit, self.wanted, self.nearest = unit, wanted, nearest

    @property
    def hint(self) -> Phrase:
        """The unit that may be meant, for a message."""
        meant = {"nearest": f'"{self.nearest}"'}
        return Phrase("hint.meant", meant) if self.nearest not in {"", "-"} else Phrase()


def factor(unit: str, wanted: str) -> float:
    """Give the number to multiply with, to turn one unit into another.

    Parameters
    ----------
    unit
        Such as "kg", "kuintal", "ribu ton", "Rp/t".
    wanted
        Such as "t".

    Raises
    ------
    UnitError
        If `unit` is not known, or counts something else.
    """
    from pint.errors import DimensionalityError, PintError  # noqa: PLC0415  (only who uses units waits for it)

    try:
        found = float(_registry().parse_expression(_plain(unit)).to(_plain(wanted)).magnitude)
    except DimensionalityError:
        raise UnitError(unit, wanted) from None
    except (PintError, AttributeError, ValueError, TypeError, SyntaxError):
        raise UnitError(unit, wanted, _nearest(unit)) from None
    if not (math.isfinite(found) and found > 0):
        raise UnitError(unit, wanted)
    return found


def _plain(unit: str) -> str:
    """Write a unit as the library reads it: "ton per hari" and "%" have other names there."""
    return re.sub(r"\bper\b", "/", unit.strip().replace("%", "percent"), flags=re.IGNORECASE)


def _nearest(unit: str) -> str:
    known = [name for name in _registry() if not name.startswith("delta_")]
    return near(unit, known) or "-"


@cache
def _registry() -> UnitRegistry:
    from pint import UnitRegistry  # noqa: PLC0415

    registry: UnitRegistry = UnitRegistry(None, case_sensitive=False)
    registry.load_definitions(_DEFINITIONS.strip().splitlines())
    return registry
