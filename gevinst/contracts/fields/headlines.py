"""Fields of the marts that hold the numbers of headings, sentences and key figures.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_headlines`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, count, maintained, text, whole

HEADLINES = (
    text("figure_id", "Fast nøkkel for nøkkeltallet.", "Permanent id of the headline figure.", required=True),
    *maintained("meaning", "Hva som telles.", "What is counted.", required=True),
    text("condition", "Vilkåret, i navn på kolonner.", "The condition, in names of columns.", required=True),
    count("figure_value", "Tallet.", "The number.", additivity=Additivity.NO),
    count(
        "total_count",
        "Helheten tallet er en del av; tom når det ikke er en del av noe.",
        "The whole that the number is part of; empty where it is part of nothing.",
        additivity=Additivity.NO,
    ),
    whole(
        "change_count",
        "count",
        "Tallet minus tallet i utgaveåret før.",
        "The number minus that of the edition year before.",
    ),
    count("in_use_count", "Prosjekter i bruk eller spredt.", "Projects in use or spread.", additivity=Additivity.NO),
    count("in_use_stale_count", "Av dem i bruk: gammel opplysning.", "Of those in use: an old statement."),
    text(
        "group_id",
        "Koden i listen public_evidence_group, eller none for prosjekter uten gruppe.",
        "The code of the list public_evidence_group, or none for projects without a group.",
        required=True,
    ),
    count("has_owner_count", "Av dem: prosjekteier er kjent.", "Of them: the project owner is known."),
    count("has_supplier_count", "Av dem: leverandør er kjent.", "Of them: the supplier is known."),
    count("has_period_count", "Av dem: start eller slutt er kjent.", "Of them: start or end is known."),
    count("has_grant_count", "Av dem: tildelt støtte er kjent.", "Of them: the grant is known."),
    count(
        "has_status_beyond_award_count",
        "Av dem: status utover tildelingen er kjent.",
        "Of them: a status beyond the award is known.",
    ),
    count(
        "has_expected_benefit_count",
        "Av dem: minst én forventet gevinst er kjent.",
        "Of them: at least one expected benefit is known.",
    ),
    count(
        "has_reported_benefit_count",
        "Av dem: minst én oppgitt gevinst er kjent.",
        "Of them: at least one reported benefit is known.",
    ),
    count(
        "has_documented_benefit_count",
        "Av dem: minst én dokumentert gevinst er kjent.",
        "Of them: at least one documented benefit is known.",
    ),
    count("claim_count", "Gjeldende utsagn.", "Claims in force.", additivity=Additivity.NO),
    count(
        "happened_count",
        "Av dem: skjedd etter den forrige utgaven.",
        "Of these: happened after the previous edition.",
    ),
    count("found_count", "Av dem: eldre, men funnet nå.", "Of these: older, but found now."),
    count(
        "time_unknown_count",
        "Av dem: ingen kilde sier når det skjedde.",
        "Of these: no source says when it happened.",
    ),
    count(
        "year_count",
        "Rader som alle endringer i utgaveåret samler.",
        "Rows that all changes of the edition year gather.",
        additivity=Additivity.NO,
    ),
    text(
        "bounded_figure",
        "Tallet: projects, outcome_known, partly_in_use eller in_use.",
        "The figure: projects, outcome_known, partly_in_use or in_use.",
        required=True,
    ),
    count(
        "certain_count",
        "Prosjekter dette sikkert var offentlig om ved årets slutt.",
        "Projects of which this certainly was public by the end of the year.",
        additivity=Additivity.NO,
    ),
    count(
        "possible_count",
        "Prosjekter dette kan ha vært offentlig om; aldri færre.",
        "Projects of which this may have been public; never fewer.",
        additivity=Additivity.NO,
    ),
    count("row_count", "Rader som bygger på dokumentet.", "Rows that rest on the document."),
)
