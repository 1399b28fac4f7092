"""Fields of the registry: sources, rounds, projects, organisations and what joins them.

Belongs here: fields that only registry tables have.
Does not belong here: which tables have them (`gevinst.contracts.registry`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    Additivity,
    Column,
    Type,
    bilingual,
    code,
    dated,
    day,
    flag,
    number,
    reference,
    text,
    whole,
)

REGISTRY = (
    text(
        "title",
        "Dokumentets tittel, eller en beskrivelse i hakeparentes når det ikke har noen.",
        "The document's title, or a description in square brackets when it has none.",
        required=True,
    ),
    text("publisher", "Hvem som har publisert dokumentet.", "Who published the document.", required=True),
    code("document_type_code", "document_type", "Hva slags dokument det er.", "What kind of document it is."),
    *dated(
        "published",
        "Publisert eller sist endret. Tom når dokumentet ikke sier det.",
        "Published or last changed. Empty when the document does not say.",
    ),
    day("accessed_on", "Når dokumentet ble lest.", "When the document was read.", required=True),
    code("language_code", "language", "Dokumentets språk.", "The document's language."),
    text("address", "Offentlig adresse, så langt den er kjent.", "Public address as far as it is known."),
    text("licence", "Lisens eller vilkår som dokumentet oppgir.", "Licence or terms that the document states."),
    flag(
        "is_partly_read",
        "Ja når bare første del av dokumentet kunne leses.",
        "True when only the first part of the document could be read.",
    ),
    Column(
        "has_no_public_address",
        Type.BOOLEAN,
        "Ja når noen har lett og ikke funnet dokumentet på noen offentlig adresse; tom ellers.",
        "True when somebody has searched and found the document at no public address; else empty.",
    ),
    text(
        "line_reference",
        "Navnet på den lagrede teksten som linjenumre viser til.",
        "Name of the stored text that line numbers refer to.",
    ),
    whole(
        "line_count",
        "lines",
        "Antall linjer i den lagrede teksten.",
        "Number of lines of the stored text.",
        minimum=1,
    ),
    text(
        "text_sha256",
        "Kontrollsum (SHA-256) av teksten som ble lest.",
        "Checksum (SHA-256) of the text that was read.",
    ),
    reference(
        "supersedes_source_id",
        "sources.source_id",
        "Den eldre lesningen av samme adresse, når innholdet er blitt et annet.",
        "The earlier reading of the same address, when its content has changed.",
        required=False,
    ),
    day(
        "public_not_before",
        "Tidligste dag et udatert dokument kan ha blitt offentlig; tom når ingenting viser det.",
        "Earliest day on which an undated document may have become public; empty when nothing shows it.",
    ),
    day(
        "public_not_after",
        "Seneste dag et udatert dokument kan ha blitt offentlig; tom betyr dagen det ble lest.",
        "Latest day on which an undated document may have become public; empty means the day it was read.",
    ),
    *bilingual(
        "public_bounds_basis",
        "Hva grensene for når dokumentet ble offentlig, bygger på.",
        "What the bounds of when the document became public rest on.",
    ),
    text("round_figure_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
    code("measure_code", "round_measure", "Hva tallet måler.", "What the figure measures."),
    code(
        "basis_code",
        "figure_basis",
        "Om tallet står i kilden, er utledet eller antatt.",
        "Whether the figure is stated in the source, derived or inferred.",
    ),
    flag("is_approximate", "Ja når kilden selv sier omtrent.", "True when the source itself says about."),
    flag(
        "is_preferred",
        "Ja for tallet vi bruker når kilder er uenige.",
        "True for the figure used where sources disagree.",
    ),
    *bilingual("short_name", "Kort navn til figurer og lister.", "Short name for figures and lists.", required=True),
    code("sector_code", "sector", "Fagområde, plassert av Gevinst.", "Policy area, placed by Gevinst."),
    *bilingual(
        "problem",
        "Problemet prosjektet tar tak i, med egne ord.",
        "The problem that the project takes on, in own words.",
    ),
    text("project_event_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
    code("event_code", "project_event", "Start eller slutt.", "Start or end."),
    *dated("event", "Datoen kilden oppgir.", "The date that the source states.", required=True),
    number(
        "grant_nok",
        "NOK, current prices",
        "Støtten fra StimuLab; egne midler er ikke regnet med.",
        "The grant from StimuLab; own funding not included.",
        required=True,
        minimum=0,
        additivity=Additivity.YES,
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
    text("organisation_name_id", "Fast nøkkel for navnet.", "Permanent id of the name.", required=True),
    code("name_kind_code", "name_kind", "Hva slags navn det er.", "What kind of name it is."),
    text("participation_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
    text(
        "organisation_name",
        "Navnet i kilden; kjente skrivefeil er rettet i rettelsesregisteret.",
        "The name in the source; known misspellings are corrected by the corrections register.",
        required=True,
    ),
    code("role_code", "participation_role", "Rollen i prosjektet.", "Role in the project."),
    flag("is_disputed", "Ja når kilder er uenige om rollen.", "True when sources disagree on the role."),
    text("project_relation_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
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
)
