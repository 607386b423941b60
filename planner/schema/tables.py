"""Every table and column of a scenario, declared once.

The checks, the documentation and the exchange formats are all made from `TABLES`. Long, because the
whole contract stands in one place.
"""

from __future__ import annotations

from babel import Locale

from planner.i18n import OTHER_NAMES
from planner.schema.columns import Column, Table

LONGEST_DAYS = 3650.0
"""Days on the way beyond which nobody counts; an assumption, ten years."""
LEAST_YIELD = 0.0001
"""Tonnes of one tonne below which a recipe or a form is a slip of the hand; an assumption."""
SOURCE = Column(
    "source", "Row of sources.csv the figures come from", required=True, refers="sources"
)


def _code(name: str, meaning: str, refers: str = "", *, key: bool = True) -> Column:
    return Column(name, meaning, key=key, required=True, refers=refers)


def _amount(name: str, meaning: str, unit: str, blank: str = "", **more: object) -> Column:
    """Build a column of numbers that are never negative."""
    return Column(name, meaning, "number", unit, blank=blank, low=0.0, **more)  # type: ignore[arg-type]


def _fraction(name: str, meaning: str, *, below: bool = False) -> Column:
    limits = {"default": 0.0, "low": 0.0, "high": 1.0}
    return Column(name, meaning, "number", "fraction", blank="0", below=below, **limits)  # type: ignore[arg-type]


def _lost(name: str, meaning: str) -> Column:
    """Build a column of shares that are lost: never all of it."""
    return _fraction(name, meaning, below=True)


PERIOD = Column(
    "period",
    "Period of the horizon, such as 2023-01",
    "period",
    key=True,
    blank="a whole calendar year, spread by the profile where the quantity is a flow",
)
PROFILE = Column(
    "profile",
    "Shape over the months of the year, for a row without period",
    blank="the same every day of the year",
    refers="profiles",
)
FORM = Column(
    "form",
    "Form that the figures are in, such as gkg; turned by conversions.csv where the commodity has another",
    blank="the form of the commodity",
)


def _name_in(column: str) -> Column:
    """Build a column of names in another language; those that are blank are in English, or else Indonesian."""
    if column == "name_en":
        return Column(column, "Name in English", blank="the Indonesian name", same_as="name")
    language = Locale(column.rpartition("_")[2]).english_name
    return Column(column, f"Name in {language}", blank="the English name", same_as="name_en")


_OTHER_NAMES = tuple(_name_in(column) for column in OTHER_NAMES)
PROVINCE = _code("province", "BPS code of the province", "provinces")
COMMODITY = _code("commodity", "Commodity", "commodities")

_PROVINCES = Table(
    "provinces",
    "The provinces: every node of the market, also those that neither produce nor need.",
    (
        _code("province", "BPS code of the province, as text"),
        Column("iso", "ISO 3166-2 code", blank="none"),
        Column("name", "Name in Indonesian", required=True),
        *_OTHER_NAMES,
        Column("island_group", "Group of islands, for ordering tables and charts", blank="none"),
        Column(
            "lat",
            "Latitude of the capital",
            "number",
            "degrees",
            required=True,
            low=-90.0,
            high=90.0,
        ),
        Column(
            "lon",
            "Longitude of the capital",
            "number",
            "degrees",
            required=True,
            low=-180.0,
            high=180.0,
        ),
        _amount("population", "Inhabitants in the middle of the year", "people", "unknown"),
        Column(
            "outlines",
            "ISO codes of the map outlines that make up the province, or its own outline as WKT",
            blank="not on the map",
        ),
        SOURCE,
    ),
    required=True,
)

_COMMODITIES = Table(
    "commodities",
    "The staple goods: a commodity is a good in one form and grade.",
    (
        _code("commodity", "Short name without spaces, such as beras"),
        Column(
            "good",
            "Good of which this is one form and grade",
            blank="the commodity itself",
            same_as="commodity",
        ),
        Column("name", "Name in Indonesian", required=True),
        *_OTHER_NAMES,
        Column("form", "Form, such as gkg or beras", blank="none"),
        Column("grade", "Grade, such as premium", blank="none"),
        Column(
            "priority",
            "Weight of a tonne that is missing",
            "number",
            blank="1",
            default=1.0,
            low=0.0,
            above=True,
            least=0.001,
            most=1000.0,
        ),
        Column(
            "tonnes_per_teu",
            "Payload of a 20-foot container",
            "number",
            "t/TEU",
            low=0.0,
            above=True,
            least=0.01,
            blank="does not travel in containers",
        ),
        Column(
            "reefer_factor",
            "Container freight relative to a dry container",
            "number",
            blank="1",
            default=1.0,
            low=1.0,
        ),
        _lost("decay_per_day", "Share lost a day in store and on the way"),
        Column(
            "max_days",
            "Longest time on the way",
            "number",
            "days",
            blank="any",
            low=0.0,
            above=True,
        ),
        Column(
            "max_stock_periods",
            "Ends of periods that goods last after they came in, in store and on the way",
            "number",
            "periods",
            blank="any",
            low=0.0,
            whole=True,
        ),
        _amount(
            "holding_idr_per_t", "Cost of keeping a tonne for one period", "IDR/t", "0", default=0.0
        ),
        _amount("tests_per_t", "Laboratory tests a tonne needs", "tests/t", "0", default=0.0),
        SOURCE,
    ),
    required=True,
)

_PRODUCTION = Table(
    "production",
    "What a province produces.",
    (
        PROVINCE,
        COMMODITY,
        PERIOD,
        _amount("tonnes", "Gross production", "t", required=True),
        _lost("loss", "Post-harvest loss, leaves and curing before the good can be eaten or sold"),
        FORM,
        PROFILE,
        SOURCE,
    ),
    required=True,
    spread=("tonnes",),
)

_NEED = Table(
    "need",
    "What a province needs: tonnes, or kilograms a person and year.",
    (
        PROVINCE,
        COMMODITY,
        PERIOD,
        Column(
            "use",
            "What for",
            key=True,
            blank="food",
            default="food",
            choices=("food", "feed", "seed", "industry"),
        ),
        _amount("tonnes", "Need", "t", "given as kg_per_capita"),
        _amount("kg_per_capita", "Need of a person in a year", "kg/year", "given as tonnes"),
        FORM,
        PROFILE,
        SOURCE,
    ),
    required=True,
    spread=("tonnes",),
)

_PROFILES = Table(
    "profiles",
    "Shapes over the year: the shares of the twelve months sum to 1.",
    (
        _code("profile", "Name of the profile"),
        Column(
            "month",
            "Month of the year, 1 to 12",
            "month",
            key=True,
            required=True,
            low=1,
            high=12,
            whole=True,
        ),
        Column(
            "share", "Share of the year", "number", "fraction", required=True, low=0.0, high=1.0
        ),
        SOURCE,
    ),
)

_STOCKS = Table(
    "stocks",
    "What lies in store at the start, what must lie there at the end and always.",
    (
        PROVINCE,
        COMMODITY,
        _amount("opening_t", "Stock at the start of the horizon", "t", "0", default=0.0),
        _amount(
            "closing_t",
            "Stock wanted at the end, where the policy reads this column",
            "t",
            "opening_t",
            same_as="opening_t",
        ),
        _amount("reserve_t", "Stock that should lie there in every period", "t", "0", default=0.0),
        _fraction(
            "local_share",
            "Share of the opening stock that sits in households and cannot be sent away",
        ),
        FORM,
        SOURCE,
    ),
)

_CONVERSIONS = Table(
    "conversions",
    "How much of a commodity is in one tonne of another form of it: rice in paddy. For figures only; "
    "who wants to plan the milling itself writes recipes.csv.",
    (
        COMMODITY,
        _code("form", "Form, such as gkp or gkg"),
        Column(
            "province",
            "BPS code of the province; its row goes before the row for all",
            key=True,
            blank="every province that has no row of its own",
            refers="provinces",
        ),
        Column(
            "tonnes_per_tonne",
            "Tonnes of the commodity from one tonne of the form",
            "number",
            "fraction",
            required=True,
            low=0.0,
            high=1.0,
            above=True,
            least=LEAST_YIELD,
        ),
        SOURCE,
    ),
)

_STORAGE = Table(
    "storage",
    "Room for stocks of all commodities together.",
    (PROVINCE, _amount("capacity_t", "Room", "t", required=True), SOURCE),
)

_IMPORTS = Table(
    "imports",
    "What may enter from abroad at a port.",
    (
        _code("port", "Port of entry", "ports"),
        COMMODITY,
        PERIOD,
        _amount("max_tonnes", "Most that may enter", "t", required=True),
        _amount("idr_per_t", "Cost on the quay", "IDR/t", "0", default=0.0),
        SOURCE,
    ),
    spread=("max_tonnes",),
)

_RECIPES = Table(
    "recipes",
    "What can be made from what, such as paddy milled to rice. A better grade serves the need for a "
    "lesser one by a recipe of yield 1 and fee 0.",
    (
        _code("recipe", "Short name, such as giling"),
        Column(
            "province",
            "BPS code of the province; its row goes before the row for all",
            key=True,
            blank="every province that has no row of its own for the recipe",
            refers="provinces",
        ),
        _code("input", "Commodity that is used up", "commodities", key=False),
        _code("output", "Commodity that is made", "commodities", key=False),
        Column(
            "yield",
            "Tonnes made from one tonne; water that is taken up does not count",
            "number",
            "fraction",
            required=True,
            low=0.0,
            high=1.0,
            above=True,
            least=LEAST_YIELD,
        ),
        _amount("capacity_t", "Most of the input a province uses a period", "t", "no limit"),
        _amount(
            "fee_idr_per_t",
            "Cost of using up one tonne of the input; at least 1 is charged",
            "IDR/t",
            "0",
            default=0.0,
        ),
        SOURCE,
    ),
)

_MODES = Table(
    "modes",
    "Ways of carrying and what they cost.",
    (
        _code("mode", "Short name, such as truck, ferry, sea, sea_toll"),
        Column("name", "Name in Indonesian", required=True),
        *_OTHER_NAMES,
        _amount("idr_per_t_km", "Freight by road distance", "IDR/t/km", "0", default=0.0),
        _amount(
            "idr_fixed_per_teu",
            "Fixed part of the freight of a container",
            "IDR/TEU",
            "0",
            default=0.0,
        ),
        _amount(
            "idr_per_teu_nm",
            "Freight of a container by sea distance",
            "IDR/TEU/nm",
            "0",
            default=0.0,
        ),
        _amount(
            "handling_idr_per_t",
            "Loading and unloading, both ends together",
            "IDR/t",
            "0",
            default=0.0,
        ),
        Column(
            "km_per_day",
            "Speed, where the arc gives no transit_days",
            "number",
            "km/day",
            low=0.0,
            above=True,
            least=0.1,
            blank="arcs give transit_days",
        ),
        Column(
            "idr_low",
            "Factor of the low end of the band in which the freight may lie",
            "number",
            blank="1",
            default=1.0,
            low=0.0,
            high=1.0,
        ),
        Column(
            "idr_high",
            "Factor of the high end of that band",
            "number",
            blank="1",
            default=1.0,
            low=1.0,
        ),
        SOURCE,
    ),
    required=True,
)

_ARCS = Table(
    "arcs",
    "Connections from one province to another by one mode.",
    (
        _code("origin", "Province of departure", "provinces"),
        _code("destination", "Province of arrival", "provinces"),
        _code("mode", "Mode", "modes"),
        Column("origin_port", "Port of loading", blank="none", refers="ports"),
        Column("destination_port", "Port of discharge", blank="none", refers="ports"),
        _amount("distance_km", "Distance by road", "km", "0", default=0.0),
        _amount("distance_nm", "Distance by sea", "nm", "0", default=0.0),
        _amount(
            "idr_per_t",
            "Freight without handling, instead of the mode's rate",
            "IDR/t",
            "the mode's rate",
        ),
        _amount("capacity", "Most cargo a period", "see capacity_unit", "no limit"),
        Column(
            "capacity_unit", "Unit of the capacity", blank="t", default="t", choices=("t", "TEU")
        ),
        _amount(
            "transit_days",
            "Time on the way",
            "days",
            "distance by the mode's speed",
            most=LONGEST_DAYS,
        ),
        _lost("loss", "Share lost by loading, carrying and unloading"),
        SOURCE,
    ),
    required=True,
)

_PORTS = Table(
    "ports",
    "Ports: where arcs load and unload and imports enter.",
    (
        _code("port", "Short name of the port"),
        _code("province", "Province it belongs to", "provinces", key=False),
        Column("name", "Name", required=True),
        Column("lat", "Latitude", "number", "degrees", required=True, low=-90.0, high=90.0),
        Column("lon", "Longitude", "number", "degrees", required=True, low=-180.0, high=180.0),
        _amount(
            "throughput_t", "Most cargo loaded, unloaded and imported a period", "t", "no limit"
        ),
        SOURCE,
    ),
)

_SERVICES = Table(
    "services",
    "Vessel services: ships that sail a loop of calls (calls.csv) again and again.",
    (
        _code("service", "Short name, such as H-5"),
        Column("name", "Name", required=True),
        _code("mode", "Mode whose rates for containers it charges", "modes", key=False),
        _amount("capacity_teu", "Room of a ship", "TEU", required=True),
        _amount(
            "voyages_per_period",
            "Voyages begun in a period",
            "",
            required=True,
            above=True,
            least=0.001,
        ),
        _amount(
            "days_per_voyage",
            "Time for all legs in calls.csv together, with the calls",
            "days",
            required=True,
            above=True,
            most=LONGEST_DAYS,
        ),
        _lost("loss", "Share lost by loading, carrying and unloading"),
        SOURCE,
    ),
)

_CALLS = Table(
    "calls",
    "Calls of the services in their order; a ship that returns calls at its first port once more.",
    (
        _code("service", "Service", "services"),
        Column(
            "call",
            "Number of the call, 1, 2, 3 ...",
            "number",
            key=True,
            required=True,
            low=1,
            whole=True,
        ),
        _code("port", "Port", "ports", key=False),
        _amount("nm_from_previous", "Distance from the call before", "nm", "the first call"),
        _amount(
            "idr_per_teu_nm_factor",
            "Factor on the mode's idr_per_teu_nm for that leg",
            "",
            "1",
            default=1.0,
        ),
        SOURCE,
    ),
)

_PRICES = Table(
    "prices",
    "Observed or purchase prices.",
    (
        PROVINCE,
        COMMODITY,
        PERIOD,
        Column("idr_per_kg", "Price", "number", "IDR/kg", required=True, low=0.0, above=True),
        Column(
            "level",
            "Where in the chain; only producer prices are charged by the plan",
            choices=("producer", "wholesale", "retail"),
            key=True,
            required=True,
        ),
        SOURCE,
    ),
)


def _filter(name: str, meaning: str, refers: str = "", **more: object) -> Column:
    """Build a column of codes that says what a rule counts."""
    return Column(name, meaning, refers=refers, many=True, blank="all", **more)  # type: ignore[arg-type]


FILTERS = (
    _filter("origin", "Counts what leaves these provinces", "provinces"),
    _filter("destination", "Counts what goes to these provinces", "provinces"),
    _filter("port", "Counts what is loaded or unloaded at these ports", "ports"),
    _filter("mode", "Counts what goes by these modes", "modes"),
    _filter("service", "Counts what goes on these vessel services", "services"),
    _filter("commodity", "Counts these commodities", "commodities"),
    _filter("good", "Counts all forms and grades of these goods", "commodities.good"),
    _filter("period", "Counts what is dispatched in these periods", kind="period"),
)
"""The columns of `rules` that say what a rule counts; codes of a cell are separated by semicolons."""

_RULES = Table(
    "rules",
    "Rules on what is carried: agreements, budgets, bans, laboratories.",
    (
        _code("rule", "Short name without spaces"),
        Column("name", "Name in Indonesian", blank="the short name", same_as="rule"),
        *_OTHER_NAMES,
        Column(
            "kind",
            "What stands behind it; policies are questioned first, the physical last",
            blank="policy",
            default="policy",
            choices=("physical", "contract", "policy"),
        ),
        Column(
            "sense",
            "At most, at least or exactly the bound",
            required=True,
            choices=("<=", ">=", "="),
        ),
        _amount("bound", "How much; a share is a fraction", "of the measure", required=True),
        Column(
            "measure",
            "What is counted: tonnes dispatched, containers, freight, laboratory tests, or the share of "
            "what the destinations receive",
            required=True,
            choices=("tonnes", "teu", "idr", "tests", "share"),
        ),
        *FILTERS,
        Column(
            "per",
            "One rule for each value of these columns",
            blank="one rule over the sum",
            choices=tuple(column.name for column in FILTERS),
            many=True,
        ),
        _amount(
            "penalty_idr",
            "What the plan pays for each unit by which it misses the bound (t, TEU, IDR, test; for a share, tonne)",
            "IDR/unit",
            "the rule must be kept",
            above=True,
        ),
        SOURCE,
    ),
)

SHARING = ("public", "partner", "internal")
"""Who may see a row: everybody, partner provinces, the own office."""

_TRADERS = Table(
    "traders",
    "Who could deliver: the words are those of the notice of inter-island trade (owner of the goods, goods, "
    "carriage, consignee). Rows leave the office only as their sharing level allows.",
    (
        _code("trader", "Short name or number"),
        Column("owner", "Owner of the goods", required=True),
        PROVINCE,
        Column("place", "Regency or city", blank="not known"),
        COMMODITY,
        Column("grade", "Grade of the goods, such as premium", blank="any"),
        PERIOD,
        _amount("capacity_t", "Most that can be delivered", "t", required=True),
        _amount("least_lot_t", "Least that is sold at once", "t", "any", default=0.0),
        Column("certificate", "Certificate of the goods, such as PSAT, Halal, BPSMB", blank="none"),
        Column(
            "certified_until", "Last day of the certificate, such as 2026-12-31", blank="no end"
        ),
        Column("carriage", "Mode by which the goods usually go", blank="any", refers="modes"),
        Column("consignee", "Usual buyer", blank="none"),
        Column(
            "sharing",
            "Who may see the row",
            blank="internal",
            default="internal",
            choices=SHARING,
        ),
        SOURCE,
    ),
    spread=("capacity_t",),
)

_SIGNED_PLAN = Table(
    "signed_plan",
    "The lanes of a plan that is signed, for the stage calm: what each is to carry over the horizon. "
    "A lane is what a row of flows.csv names, its periods added up.",
    (
        _code("origin", "Province of departure", "provinces"),
        _code("destination", "Province of arrival", "provinces"),
        _code("mode", "Mode", "modes"),
        Column("service", "Vessel service", key=True, blank="none", refers="services"),
        COMMODITY,
        _amount("tonnes", "Dispatched over the horizon", "t", required=True, above=True),
        SOURCE,
    ),
)

_SOURCES = Table(
    "sources",
    "Where every figure comes from.",
    (
        _code("source", "Short name that the other tables use"),
        Column(
            "kind",
            "How sure: a figure of kind assumption was not found anywhere",
            required=True,
            choices=("official", "derived", "news", "assumption"),
        ),
        Column("publisher", "Who published it", blank="unknown"),
        Column("title", "Title, or for an assumption the value and its reason", required=True),
        Column("year", "Year of publication", blank="unknown"),
        Column("url", "Address", blank="not kept"),
        Column("note", "Derivation; for an assumption its low-high band and reason", blank="none"),
    ),
    required=True,
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _PROVINCES,
        _COMMODITIES,
        _PRODUCTION,
        _NEED,
        _PROFILES,
        _STOCKS,
        _CONVERSIONS,
        _STORAGE,
        _IMPORTS,
        _RECIPES,
        _MODES,
        _ARCS,
        _PORTS,
        _SERVICES,
        _CALLS,
        _PRICES,
        _RULES,
        _TRADERS,
        _SIGNED_PLAN,
        _SOURCES,
    )
}
"""All tables of a scenario folder, in the order of the documentation."""
