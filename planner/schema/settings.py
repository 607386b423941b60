"""`scenario.toml`: what it may hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from babel.numbers import is_currency
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from planner.i18n import DEFAULT_LANGUAGE, LANGUAGES, RUPIAH, Locale
from planner.schema.horizon import Horizon, Length, parse_period
from planner.schema.synonyms import find_choice


def _in_our_words(setting: str) -> BeforeValidator:
    """Build a validator that reads the Indonesian words for a choice: bulan is month."""

    def meant(value: object) -> object:
        return (find_choice(value, setting) or value) if isinstance(value, str) else value

    return BeforeValidator(meant)


type Stage = Annotated[Literal["coverage", "fairness", "cost", "calm"], _in_our_words("stages")]
type Number = Annotated[float, Field(allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def as_mappings(value: object) -> Any:
    """Return settings as nested mappings and lists of their own, as TOML gives them, with every key they hold."""
    if isinstance(value, BaseModel):
        return {name: as_mappings(part) for name, part in value.__dict__.items()}
    if isinstance(value, Mapping):
        return {name: as_mappings(part) for name, part in value.items()}
    return [as_mappings(part) for part in value] if isinstance(value, list | tuple) else value


def _wrong(key: str, **values: object) -> PydanticCustomError:
    """Build an error that names a sentence of the message catalogue."""
    return PydanticCustomError(key, key, values)


class Words(_Part):
    """A text in both languages."""

    id: str
    en: str


class PlaceWords(_Part):
    """What a scenario calls its places: regencies, districts, states."""

    id: str
    en: str
    en_many: str = ""

    def of(self, language: str) -> tuple[str, str]:
        """Return the words for one place and for many; Indonesian has one word for both."""
        many = {"id": self.id, "en": self.en_many or f"{self.en}s"}
        return getattr(self, language), many[language]


class Head(_Part):
    """Table `[scenario]`."""

    title: Words
    extends: str = ""
    data_date: dt.date
    language: Annotated[Literal[LANGUAGES], _in_our_words("language")] = DEFAULT_LANGUAGE  # type: ignore[valid-type]
    currency: str = RUPIAH
    place: PlaceWords | None = None

    @property
    def money_decimals(self) -> int:
        """Decimals of amounts in files; see `Locale.money_decimals`."""
        return self.locale().money_decimals

    def locale(self, language: str = "") -> Locale:
        """Return a language, or else that of the scenario, with its currency and its word for a place."""
        code = str(language or self.language)
        return Locale(code, self.currency, self.place.of(code) if self.place else ())

    @field_validator("currency")
    @classmethod
    def _currency_is_known(cls, currency: str) -> str:
        if not is_currency(currency):
            raise _wrong("setting_currency", value=currency)
        return currency


class Periods(_Part):
    """Table `[horizon]`."""

    start: str
    periods: int = Field(ge=1, le=600)
    length: Annotated[Length, _in_our_words("length")] = "month"

    @model_validator(mode="after")
    def _start_fits_the_length(self) -> Periods:
        try:
            parse_period(self.start, self.length)
        except ValueError:
            raise _wrong("setting_start", value=self.start) from None
        return self


class Scope(_Part):
    """Table `[scope]`: which commodities to keep, which provinces the report looks at."""

    commodities: tuple[str, ...] = Field(default=(), strict=False)
    focus: tuple[str, ...] = Field(default=(), strict=False)


class Policy(_Part):
    """Table `[policy]`: what the plan aims at."""

    stages: tuple[Stage, ...] = Field(default=("cost",), strict=False)
    tolerance: float = Field(default=0.001, ge=0, le=0.1, allow_inf_nan=False)
    slack: float = Field(default=0.005, ge=0, le=1, allow_inf_nan=False)
    closing: Annotated[Literal["opening", "free", "closing_t"], _in_our_words("closing")] = (
        "opening"
    )
    freight: Annotated[Literal["low", "central", "high"], _in_our_words("freight")] = "central"

    @field_validator("stages")
    @classmethod
    def _stages_in_order(cls, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        first = dict.fromkeys(stage for stage in stages if stage in {"coverage", "fairness"})
        sensible = (*first, "cost", *(["calm"] if "calm" in stages else []))
        if stages != sensible:
            written = ", ".join(f'"{stage}"' for stage in sensible)
            raise _wrong("stages_order", proposal=f"[{written}]")
        return stages


class Adjust(_Part):
    """One `[[adjust]]`: a what-if on the rows of a table."""

    table: str
    column: str
    where: dict[str, str | list[str]] = {}
    multiply: Number | None = None
    add: Number | None = None
    set: Number | None = None
    source: str

    @model_validator(mode="after")
    def _one_change(self) -> Adjust:
        if sum(change is not None for change in (self.multiply, self.add, self.set)) != 1:
            raise _wrong("adjust_change")
        return self


class Limits(_Part):
    """Table `[limits]`: sentences printed with every run."""

    notes: tuple[Words, ...] = Field(default=(), strict=False)


class Package(_Part):
    """Table `[package]`: the terms on which the scenario is given to others."""

    licence: str = ""
    contact: str = ""


class OwnWords(_Part):
    """Paragraphs of a writer, in one language or both; blank lines part them."""

    id: str = ""
    en: str = ""


class Brief(_Part):
    """Table `[brief]`: a writer's own paragraphs, by the place in the brief where they stand."""

    opening: OwnWords = OwnWords()
    decide: OwnWords = OwnWords()
    limits: OwnWords = OwnWords()
    closing: OwnWords = OwnWords()


class Settings(_Part):
    """The whole of `scenario.toml`, with the keys of the base where it extends one."""

    scenario: Head
    horizon: Periods
    scope: Scope = Scope()
    policy: Policy = Policy()
    adjust: tuple[Adjust, ...] = Field(default=(), strict=False, max_length=1000)
    limits: Limits = Limits()
    package: Package = Package()
    brief: Brief = Brief()

    @property
    def periods(self) -> Horizon:
        """The horizon as periods."""
        return Horizon(self.horizon.start, self.horizon.periods, self.horizon.length)
