"""Data packages: a scenario in one file that other offices and other tools can read."""

from planner.exchange.parcel.pack import pack
from planner.exchange.parcel.unpack import Parcel, read_parcel, unpack

__all__ = ["Parcel", "pack", "read_parcel", "unpack"]
