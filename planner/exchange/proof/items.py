"""The lines of a published balance: what each is called, and how they must add up.

available     = opening_stock + production + imported + received
closing       = available - need - sent - exported - lost - seed - feed - industry + shortage
days_of_cover = closing / need * days of the period
daily_need    = need / days of the period
stock passes  : opening_stock of a period = closing of the one before
total         = sum of the balances it is the total of

Lines that a balance does not have count as nothing, except that `available` is summed up where it is not given.
"""

from __future__ import annotations

import re

INFLOWS = ("opening_stock", "production", "imported", "received")
OUTFLOWS = ("need", "sent", "exported", "lost", "seed", "feed", "industry")
RATIOS = ("days_of_cover",)
"""Lines that are no tonnes."""

NAMES = {
    "opening_stock": ("stok awal", "opening stock", "carry over", "carry over stock", "sisa stok"),
    "production": ("produksi", "production", "produksi dalam negeri", "perkiraan produksi"),
    "imported": ("impor", "import", "imports", "imported", "realisasi impor", "rencana impor"),
    "received": ("masuk", "pasokan masuk", "penerimaan", "received", "pasokan dari luar"),
    "available": ("ketersediaan", "availability", "available", "persediaan", "total supply"),
    "need": ("kebutuhan", "konsumsi", "need", "demand", "consumption", "perkiraan kebutuhan"),
    "sent": ("keluar", "pengeluaran", "pengiriman", "sent", "pasokan keluar"),
    "exported": ("ekspor", "export", "exports", "exported"),
    "lost": ("susut", "tercecer", "kehilangan", "lost", "loss", "losses"),
    "seed": ("benih", "bibit", "seed"),
    "feed": ("pakan", "feed"),
    "industry": ("industri", "bahan baku industri", "industry"),
    "closing": (
        "stok akhir", "neraca", "closing", "closing stock", "balance", "surplus/defisit",
        "surplus defisit", "surplus / defisit", "surplus (+) / defisit (-)",
    ),
    "shortage": ("kekurangan", "shortage", "deficit", "defisit"),
    "days_of_cover": ("ketahanan stok", "ketahanan", "days of cover", "days_of_cover"),
    "daily_need": ("kebutuhan per hari", "kebutuhan harian", "daily need", "daily_need"),
    "surplus": ("surplus",),
    "reserve": ("cadangan", "reserve"),
}  # fmt: skip
"""What each line is called in published tables, in both languages."""

UNUSED = ("surplus", "reserve")
"""Lines that may stand in a balance, but that no identity reads."""
_ITEM_OF = {name: item for item, names in NAMES.items() for name in (*names, item)}
_UNIT = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*$")
_LEADING = ("total ", "jumlah ")


def item_of(label: str) -> str:
    """Give the line that a label names, or ""; "Total Ketersediaan (ton)" is `available`."""
    plain = re.sub(r"[\s_]+", " ", label.strip().lower())
    for _ in range(2):
        found = _ITEM_OF.get(plain) or _ITEM_OF.get(plain.replace(" ", "_"))
        if found:
            return found
        plain = _UNIT.sub("", plain).strip(" .:*")
    for start in _LEADING:
        plain = plain.removeprefix(start)
    return _ITEM_OF.get(plain, "")


def unit_of(label: str) -> str:
    """Give what a label says in brackets: "Produksi (ribu ton)" counts in "ribu ton"."""
    found = _UNIT.search(label.strip())
    return found[1].strip() if found and not label.strip().lower().endswith("(-)") else ""


def without_unit(label: str) -> str:
    """Give a label without what it says in brackets."""
    return _UNIT.sub("", label.strip()).strip() if unit_of(label) else label.strip()
