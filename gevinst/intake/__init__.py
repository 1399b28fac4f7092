"""Raw files: read into typed core tables and findings, and written by one writer that loses and breaks nothing.

Belongs here: everything between a delivered file and a typed frame that conforms to its contract, and adding rows to
those files (`append.py`).
Does not belong here: checks of content (`gevinst.quality`) and anything computed from the tables (`gevinst.method`).
"""

from gevinst.findings import Finding, IntakeError
from gevinst.intake.core import CoreTables, read_core

__all__ = ["CoreTables", "Finding", "IntakeError", "read_core"]
