"""Data packages: a scenario in one file that other offices and other tools can read."""

from planner.exchange.datapackages.pack import pack
from planner.exchange.datapackages.unpack import ReadPackage, read_package, unpack

__all__ = ["ReadPackage", "pack", "read_package", "unpack"]
