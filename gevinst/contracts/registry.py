"""Contracts of the registry: which rounds, projects and organisations there are, and where that is written.

Belongs here: tables of facts that stay true (who, what, when, according to which document).
Does not belong here: judgements of status and benefits (`evaluations.py`) and code lists (`reference.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    code,
    dated,
    flag,
    reference,
    sourced,
    text,
    year,
)

SOURCES = Contract(
    name="sources",
    layer="core",
    folder="registry",
    title_nb="Kilder",
    title_en="Sources",
    grain_nb="Én rad per dokument.",
    grain_en="One row per document.",
    key=("source_id",),
    columns=(
        text("source_id", "Fast nøkkel for dokumentet.", "Permanent id of the document.", required=True),
        text(
            "title",
            "Dokumentets tittel, eller en beskrivelse i hakeparentes når det ikke har noen.",
            "The document's title, or a description in square brackets when it has none.",
            required=True,
        ),
        text("publisher", "Hvem som har publisert dokumentet.", "Who published the document.", required=True),
        code(
            "document_type_code",
            "document_type",
            "Hva slags dokument det er.",
            "What kind of document it is.",
        ),
        *dated(
            "published",
            "Publisert eller sist endret. Tom når dokumentet ikke sier det.",
            "Published or last changed. Empty when the document does not say.",
        ),
        Column("accessed_on", Type.DATE, "Når dokumentet ble lest.", "When the document was read.", required=True),
        code("language_code", "language", "Dokumentets språk.", "The document's language."),
        text("address", "Offentlig adresse, så langt den er kjent.", "Public address as far as it is known."),
        text(
            "licence",
            "Lisens eller vilkår som dokumentet oppgir.",
            "Licence or terms that the document states.",
        ),
        flag(
            "is_partly_read",
            "Ja når bare første del av dokumentet kunne leses.",
            "True when only the first part of the document could be read.",
        ),
        text(
            "line_reference",
            "Navnet på den lagrede teksten som linjenumre viser til.",
            "Name of the stored text that line numbers refer to.",
        ),
        *bilingual("note", "Forbehold om kilden.", "Caveat about the source."),
    ),
)

ROUNDS = Contract(
    name="rounds",
    layer="core",
    folder="registry",
    title_nb="Tildelingsrunder",
    title_en="Award rounds",
    grain_nb="Én rad per tildelingsrunde.",
    grain_en="One row per award round.",
    key=("round_id",),
    columns=(
        text("round_id", "Fast nøkkel for runden.", "Permanent id of the round.", required=True),
        year("cohort_year", "Kull: året runden hører til.", "Cohort: the year the round belongs to."),
        *bilingual("name", "Rundens navn.", "Name of the round.", required=True),
        *dated("awarded", "Når tildelingen ble kjent.", "When the award was announced.", required=True),
        *bilingual("note", "Det leseren må vite om runden.", "What a reader must know about the round."),
        *sourced(),
    ),
)

ROUND_FIGURES = Contract(
    name="round_figures",
    layer="core",
    folder="registry",
    title_nb="Tall om rundene",
    title_en="Figures about the rounds",
    grain_nb="Én rad per tall som en kilde oppgir om en runde.",
    grain_en="One row per figure that a source states about a round.",
    key=("round_figure_id",),
    columns=(
        text("round_figure_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
        reference("round_id", "rounds.round_id", "Runden.", "The round."),
        code("measure_code", "round_measure", "Hva tallet måler.", "What the figure measures."),
        code(
            "amount_kind_code",
            "amount_kind",
            "Hva slags beløp det er; tom for antall.",
            "What kind of amount it is; empty for counts.",
            required=False,
        ),
        Column(
            "value",
            Type.NUMBER,
            "Tallet. Antall eller kroner.",
            "The figure. A count or kroner.",
            required=True,
            unit="count or NOK",
            additivity=Additivity.NO,
            minimum=0,
        ),
        code(
            "basis_code",
            "figure_basis",
            "Om tallet står i kilden, er utledet eller antatt.",
            "Whether the figure stands in the source, is derived or is inferred.",
        ),
        flag("is_approximate", "Ja når kilden selv sier omtrent.", "True when the source itself says about."),
        flag(
            "is_preferred",
            "Ja for tallet vi bruker når kilder er uenige.",
            "True for the figure used where sources disagree.",
        ),
        *bilingual("note", "Hvordan tallet skal leses.", "How to read the figure."),
        *sourced(),
    ),
)

PROJECTS = Contract(
    name="projects",
    layer="core",
    folder="registry",
    title_nb="Prosjekter",
    title_en="Projects",
    grain_nb="Én rad per navngitt prosjekt.",
    grain_en="One row per named project.",
    key=("project_id",),
    columns=(
        text(
            "project_id",
            "Fast nøkkel: kull og kortnavn.",
            "Permanent id: cohort and short name.",
            required=True,
        ),
        reference("round_id", "rounds.round_id", "Runden prosjektet ble valgt i.", "The round that selected it."),
        *bilingual("name", "Prosjektets navn.", "Name of the project.", required=True),
        *bilingual(
            "short_name",
            "Kort navn til figurer og lister.",
            "Short name for figures and lists.",
            required=True,
        ),
        code("sector_code", "sector", "Fagområde, plassert av Gevinst.", "Policy area, placed by Gevinst."),
        *bilingual(
            "problem",
            "Problemet prosjektet tar tak i, med egne ord.",
            "The problem that the project takes on, in own words.",
        ),
        *bilingual("note", "Forbehold om opplysningene.", "Caveat about the facts."),
        *sourced(),
    ),
)

PROJECT_EVENTS = Contract(
    name="project_events",
    layer="core",
    folder="registry",
    title_nb="Start og slutt",
    title_en="Start and end",
    grain_nb="Én rad per dato for start eller slutt som en kilde oppgir om et prosjekt.",
    grain_en="One row per date of start or end that a source states of a project.",
    key=("project_event_id",),
    columns=(
        text("project_event_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
        reference("project_id", "projects.project_id", "Prosjektet.", "The project."),
        code("event_code", "project_event", "Start eller slutt.", "Start or end."),
        *dated("event", "Datoen kilden oppgir.", "The date that the source states.", required=True),
        *bilingual("note", "Forbehold om datoen.", "Caveat about the date."),
        *sourced(),
    ),
)

PROJECT_GRANTS = Contract(
    name="project_grants",
    layer="core",
    folder="registry",
    title_nb="Tildelt støtte per prosjekt",
    title_en="Grants per project",
    grain_nb="Én rad per prosjekt som en kilde oppgir støtten til.",
    grain_en="One row per project whose grant a source states.",
    key=("project_id",),
    columns=(
        reference("project_id", "projects.project_id", "Prosjektet.", "The project."),
        Column(
            "grant_nok",
            Type.NUMBER,
            "Støtten fra StimuLab; egne midler er ikke regnet med.",
            "The grant from StimuLab; own funding not included.",
            required=True,
            unit="NOK, current prices",
            additivity=Additivity.YES,
            minimum=0,
        ),
        *bilingual("note", "Forbehold om beløpet.", "Caveat about the amount."),
        *sourced(),
    ),
)

ORGANISATIONS = Contract(
    name="organisations",
    layer="core",
    folder="registry",
    title_nb="Virksomheter",
    title_en="Organisations",
    grain_nb="Én rad per virksomhet.",
    grain_en="One row per organisation.",
    key=("organisation_id",),
    columns=(
        text(
            "organisation_id",
            "Fast nøkkel for virksomheten.",
            "Permanent id of the organisation.",
            required=True,
        ),
        text(
            "name",
            "Navnet i dag, eller det siste den hadde.",
            "Its name today, or the last it had.",
            required=True,
        ),
        text("short_name", "Forkortelse eller kortnavn.", "Abbreviation or short name."),
        code("level_code", "organisation_level", "Forvaltningsnivå eller type.", "Level of government or type."),
        reference(
            "successor_id",
            "organisations.organisation_id",
            "Virksomheten som tok over.",
            "The organisation that took over.",
            required=False,
        ),
        reference(
            "municipality_code",
            "municipality_codes.municipality_code",
            "Kommunenummer i dag.",
            "Municipality code today.",
            required=False,
        ),
        *sourced(),
    ),
)

ORGANISATION_NAMES = Contract(
    name="organisation_names",
    layer="core",
    folder="registry",
    title_nb="Navn på virksomheter",
    title_en="Names of organisations",
    grain_nb="Én rad per navn en virksomhet har vært omtalt med.",
    grain_en="One row per name that an organisation has gone by.",
    key=("organisation_name_id",),
    columns=(
        text("organisation_name_id", "Fast nøkkel for navnet.", "Permanent id of the name.", required=True),
        reference("organisation_id", "organisations.organisation_id", "Virksomheten.", "The organisation."),
        text("name", "Navnet slik det er skrevet.", "The name as written.", required=True),
        code("name_kind_code", "name_kind", "Hva slags navn det er.", "What kind of name it is."),
        *dated("valid_from", "Første dag navnet gjaldt.", "First day the name was valid."),
        *dated("valid_to", "Siste dag navnet gjaldt.", "Last day the name was valid."),
        *sourced(),
    ),
)

PARTICIPATIONS = Contract(
    name="participations",
    layer="core",
    folder="registry",
    title_nb="Deltakelser",
    title_en="Participations",
    grain_nb="Én rad per virksomhet og rolle i et prosjekt.",
    grain_en="One row per organisation and role in a project.",
    key=("participation_id",),
    columns=(
        text("participation_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
        reference("project_id", "projects.project_id", "Prosjektet.", "The project."),
        reference("organisation_id", "organisations.organisation_id", "Virksomheten.", "The organisation."),
        text(
            "organisation_name",
            "Navnet i kilden; kjente skrivefeil er rettet i rettelsesregisteret.",
            "The name in the source; known misspellings are mended by the corrections register.",
            required=True,
        ),
        code("role_code", "participation_role", "Rollen i prosjektet.", "Role in the project."),
        flag("is_disputed", "Ja når kilder er uenige om rollen.", "True when sources disagree on the role."),
        *bilingual("note", "Forbehold om deltakelsen.", "Caveat about the participation."),
        *sourced(),
    ),
)

PROJECT_RELATIONS = Contract(
    name="project_relations",
    layer="core",
    folder="registry",
    title_nb="Forbindelser mellom prosjekter",
    title_en="Relations between projects",
    grain_nb="Én rad per forbindelse fra et prosjekt til et annet, til noe som tok over, eller til et nytt navn.",
    grain_en="One row per relation from a project to another, to what took over, or to a new name.",
    key=("project_relation_id",),
    columns=(
        text("project_relation_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
        reference("project_id", "projects.project_id", "Prosjektet.", "The project."),
        code("relation_code", "project_relation", "Hva slags forbindelse.", "What kind of relation."),
        reference(
            "related_project_id",
            "projects.project_id",
            "Det andre StimuLab-prosjektet, om det er ett.",
            "The other StimuLab project, if it is one.",
            required=False,
        ),
        text(
            "related_name",
            "Navnet på det andre, når det ikke er et eget StimuLab-prosjekt.",
            "Name of the other, when it is not a StimuLab project of its own.",
        ),
        *dated("since", "Når forbindelsen gjelder fra.", "When the relation holds from."),
        *bilingual("note", "Hva forbindelsen går ut på.", "What the relation is."),
        *sourced(),
    ),
)

REGISTRY = (
    SOURCES,
    ROUNDS,
    ROUND_FIGURES,
    PROJECTS,
    PROJECT_EVENTS,
    PROJECT_GRANTS,
    ORGANISATIONS,
    ORGANISATION_NAMES,
    PARTICIPATIONS,
    PROJECT_RELATIONS,
)
