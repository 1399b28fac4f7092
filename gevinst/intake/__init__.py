"""Readers: delimited files in, typed core tables and plain findings out.

Belongs here: everything between a file somebody delivered and a typed frame that keeps its contract.
Does not belong here: checks of content (`gevinst.quality`) and anything computed from the tables (`gevinst.method`).
"""

from gevinst.findings import Finding, IntakeError
from gevinst.intake.core import CoreTables, read_core

__all__ = ["CoreTables", "Finding", "IntakeError", "read_core"]
