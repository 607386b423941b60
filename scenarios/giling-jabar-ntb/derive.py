"""Make production.csv from the paddy and the rice of `../nasional-2023`.

Run `python derive.py [OUTDIR]`; without OUTDIR the table of this folder is written anew.

loss = 1 - rice / (YIELD * paddy)      of each province: what never becomes rice, so that paddy milled
                                       anywhere gives the rice of the province it grew in
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
YIELD = 0.6402
"""Rice from a tonne of dry paddy, survey of conversion (SKGB 2018); also in recipes.csv."""


def production() -> pd.DataFrame:
    """Give paddy of the calendar year 2023, in the shape of the harvest."""
    nation = HERE.parent / "nasional-2023"
    paddy = pd.read_csv(nation / "figures" / "paddy.csv", dtype={"province": str})
    made = pd.read_csv(nation / "production.csv", dtype={"province": str})
    rice = made.loc[made["commodity"] == "beras"].set_index("province")["tonnes"]
    kept = paddy["province"].map(rice) / (YIELD * paddy["tonnes"])
    return pd.DataFrame(
        {
            "province": paddy["province"],
            "commodity": "gkg",
            "period": "",
            "tonnes": paddy["tonnes"],
            "loss": (1 - kept).round(7),
            "profile": "padi_" + paddy["province"],
            "source": "turunan_gkg",
        }
    )


def main(out: Path) -> None:
    """Write the table."""
    out.mkdir(parents=True, exist_ok=True)
    production().to_csv(out / "production.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
