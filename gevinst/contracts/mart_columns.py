"""Columns that several marts have, so that they mean the same in all of them.

Belongs here: the edition year, the project and the source of a result.
Does not belong here: columns of one mart only.
"""

from __future__ import annotations

from gevinst.contracts.model import reference, text, year

EDITION_YEAR = year(
    "edition_year",
    "Utgaveåret: bare det som var kjent da, er med.",
    "The edition year: only what was known then is used.",
)
PROJECT = reference("project_id", "projects.project_id", "Prosjektet.", "The project.")
SOURCE = reference(
    "source_id",
    "sources.source_id",
    "Dokumentet resultatet bygger på.",
    "The document behind the result.",
    required=False,
)
LOCATOR = text("source_locator", "Sted i dokumentet.", "Place in the document.")
