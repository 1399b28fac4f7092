"""Contract of the mart of what certainly was public in an earlier year, and what may have been.

Belongs here: the two bounds of figures of earlier years.
Does not belong here: the figures of an edition itself (`marts_headlines.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed
from gevinst.contracts.model import Contract

RECONSTRUCTION_BOUNDS = Contract(
    name="reconstruction_bounds",
    layer="marts",
    title_nb="Rekonstruksjon: hva som sikkert var offentlig, og hva som kan ha vært det",
    title_en="Reconstruction: what certainly was public, and what may have been",
    grain_nb="Én rad per tall og utgaveår.",
    grain_en="One row per figure and edition year.",
    key=("edition_year", "bounded_figure"),
    depends_on=("edition_years", "sources", "rounds", "projects", "status_assessments", "project_status"),
    rule_nb="Mange dokumenter har ingen dato. Det som sikkert var offentlig, regner et dokument med fra den siste "
    "dagen det kan ha blitt offentlig, og en opplysning fra den siste dagen den kan gjelde. Det som kan ha vært "
    "offentlig, regner med den første dagen i stedet; en opplysning viker da bare for en nyere som sikkert var "
    "offentlig. Uten noen nedre grense kan et dokument ha vært offentlig fra den dagen det forteller om. Tallene "
    "sier hva som var å finne, ikke hva som hadde skjedd.",
    rule_en="Many documents carry no date. What certainly was public counts a document from the last day on which it "
    "can have become public, and a statement from the last day it can be about. What may have been public counts from "
    "the first day instead; a statement then gives way only to a newer one that certainly was public. Without a lower "
    "bound a document may have been public from the day that it tells of. The figures say what there was to find, not "
    "what had happened.",
    formula="certain_count = projects of project_status (outcome_known: outcome_code <> unknown; partly_in_use, "
    "in_use: outcome_code the same); possible_count = projects with earlier day of (public_to, later day of "
    "(public_from, awarded_on)) <= as_of_on, for outcomes with a statement of it whose earlier day of (known_on, later "
    "day of (public_from, assessed_on)) <= as_of_on and no later statement with known_on <= as_of_on",
    columns=listed("edition_year bounded_figure certain_count possible_count"),
)
