"""Contracts of the registry: which rounds, projects and organisations there are, and where that is written.

Belongs here: tables of facts that stay true (who, what, when, according to which document).
Does not belong here: judgements of status and benefits (`evaluations`) and code lists (`reference`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Contract

SOURCES = Contract(
    name="sources",
    layer="core",
    folder="registry",
    title_nb="Kilder",
    title_en="Sources",
    grain_nb="Én rad per lesning av et dokument: samme adresse med annet innhold er en ny rad.",
    grain_en="One row per reading of a document: the same address with other content is a new row.",
    key=("source_id",),
    columns=listed(
        *override("source_id", "Fast nøkkel for dokumentet.", "Permanent id of the document.", references=None),
        "title publisher document_type_code published_on/precision accessed_on language_code address licence",
        "has_no_public_address is_partly_read line_reference line_count text_sha256 supersedes_source_id",
        "public_not_before public_not_after public_bounds_basis_nb/en",
        *override("note_nb/en", "Forbehold om kilden.", "Caveat about the source."),
        "recorded_on",
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
    columns=listed(
        *override("round_id", "Fast nøkkel for runden.", "Permanent id of the round.", references=None),
        "cohort_year",
        *override("name_nb/en", "Rundens navn.", "Name of the round."),
        "awarded_on/precision",
        *override("note_nb/en", "Det leseren må vite om runden.", "What a reader must know about the round."),
        "note_source_id note_source_locator source_id source_locator recorded_on",
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
    columns=listed(
        "round_figure_id round_id measure_code amount_kind_code",
        *override(
            "value",
            "Tallet. Antall eller beløp.",
            "The figure. A count or an amount.",
            unit="count or amount",
            minimum=0,
        ),
        "basis_code is_approximate is_preferred",
        *override("note_nb/en", "Hvordan tallet skal leses.", "How to read the figure."),
        "note_source_id note_source_locator source_id source_locator recorded_on",
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
    columns=listed(
        *override(
            "project_id", "Fast nøkkel: kull og kortnavn.", "Permanent id: cohort and short name.", references=None
        ),
        *override("round_id", "Runden prosjektet ble valgt i.", "The round that selected it."),
        *override("name_nb/en", "Prosjektets navn.", "Name of the project."),
        "short_name_nb/en sector_code",
        *override(
            "external_id", "Prosjektets nøkkel i registeret det kom fra.", "The id in the register it came from."
        ),
        "problem_nb/en problem_source_id problem_source_locator note_nb/en",
        "note_source_id note_source_locator source_id source_locator recorded_on",
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
    columns=listed(
        "project_event_id project_id event_code event_on/precision",
        *override("note_nb/en", "Forbehold om datoen.", "Caveat about the date."),
        "note_source_id note_source_locator source_id source_locator recorded_on",
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
    columns=listed(
        "project_id grant_amount currency_code",
        *override(
            "funder_id",
            "Hvem som gir støtten; tom når det er den som ordningen oppgir.",
            "Who gives the grant; empty when it is the funder that the scheme names.",
            required=False,
        ),
        *override("note_nb/en", "Forbehold om beløpet.", "Caveat about the amount."),
        "note_source_id note_source_locator source_id source_locator recorded_on",
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
    columns=listed(
        *override(
            "organisation_id", "Fast nøkkel for virksomheten.", "Permanent id of the organisation.", references=None
        ),
        *override("name", "Navnet i dag, eller det siste den hadde.", "Its name today, or the last it had."),
        "short_name level_code country_code external_id successor_id municipality_code source_id source_locator",
        "recorded_on",
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
    columns=listed(
        "organisation_name_id organisation_id name name_kind_code",
        *override("valid_from_on/precision", "Første dag navnet gjaldt.", "First day the name was valid."),
        *override("valid_to_on/precision", "Siste dag navnet gjaldt.", "Last day the name was valid."),
        "source_id source_locator recorded_on",
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
    columns=listed(
        "participation_id project_id organisation_id organisation_name role_code supplier_role_code is_disputed",
        *override("note_nb/en", "Forbehold om deltakelsen.", "Caveat about the participation."),
        "note_source_id note_source_locator source_id source_locator recorded_on",
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
    columns=listed(
        "project_relation_id project_id relation_code related_project_id related_name since_on/precision",
        *override("note_nb/en", "Hva forbindelsen går ut på.", "What the relation is."),
        "note_source_id note_source_locator source_id source_locator recorded_on",
    ),
)

ROUND_CRITERIA = Contract(
    name="round_criteria",
    layer="core",
    folder="registry",
    title_nb="Kriterier og prioriteringer i rundene",
    title_en="Criteria and priorities of rounds",
    grain_nb="Én rad per kriterium, prioritering eller krav som en kilde oppgir for en runde.",
    grain_en="One row per criterion, priority or requirement that a source states for a round.",
    key=("round_criterion_id",),
    columns=listed(
        "round_criterion_id round_id criterion_kind_code",
        *override("statement_nb/en", "Kriteriet med egne ord.", "The criterion in own words."),
        "source_id source_locator recorded_on",
    ),
)

OWN_FUNDING = Contract(
    name="own_funding",
    layer="core",
    folder="registry",
    title_nb="Egne bidrag",
    title_en="Own funding",
    grain_nb="Én rad per opplysning om hva eierne selv bidrar med, i en runde eller et prosjekt. Aldri en gevinst.",
    grain_en="One row per statement of what owners contribute themselves, in a round or a project. Never a benefit.",
    key=("own_funding_id",),
    columns=listed(
        "own_funding_id",
        *override("round_id", "Runden, når raden gjelder en hel.", "The round, when it is of a whole.", required=False),
        *override(
            "project_id",
            "Prosjektet, når raden gjelder ett.",
            "The project, when the row is about one.",
            required=False,
        ),
        "own_funding_kind_code own_share_pct own_amount currency_code",
        *override("note_nb/en", "Hva bidraget er.", "What the contribution is."),
        "source_id source_locator recorded_on",
    ),
)

PROJECT_PHASES = Contract(
    name="project_phases",
    layer="core",
    folder="registry",
    title_nb="Fasene prosjekter har vært i",
    title_en="Phases that projects have been in",
    grain_nb="Én rad per fase som en kilde viser at et prosjekt har vært i.",
    grain_en="One row per phase that a source shows a project to have been in.",
    key=("project_id", "phase_code", "source_id"),
    columns=listed(
        "project_id phase_code phase_on/precision",
        *override(
            "is_inferred",
            "Ja når kilden ikke selv nevner fasen, men viser arbeidet som hører til den.",
            "True when the source does not itself name the phase, but shows the work that belongs to it.",
        ),
        "source_id source_locator recorded_on",
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
    PROJECT_PHASES,
    ROUND_CRITERIA,
    OWN_FUNDING,
)
