"""Editions: cut to what was known, built beside the published ones, checked, numbered, frozen and put in force.

Belongs here: everything between finished tables and the folder that is published.
Does not belong here: computing tables (`gevinst.method`), checking their content (`gevinst.quality`) and what
pages say (`gevinst.site`).
"""

from gevinst.edition.as_of import edition_view
from gevinst.edition.build import build_edition
from gevinst.edition.provenance import Provenance, code_version, input_hash, input_hashes
from gevinst.edition.publish import PublishResult, publish
from gevinst.edition.store import Edition, edition_in_force, list_editions, next_edition_id, previous_edition_id
from gevinst.errors import EditionError

__all__ = [
    "Edition",
    "EditionError",
    "Provenance",
    "PublishResult",
    "build_edition",
    "code_version",
    "edition_in_force",
    "edition_view",
    "input_hash",
    "input_hashes",
    "list_editions",
    "next_edition_id",
    "previous_edition_id",
    "publish",
]
