"""Contracts of the marts about rounds and about an edition as a whole.

Belongs here: rounds, changes between editions and reconciliation.
Does not belong here: marts with one row per project (`mart_projects.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    LOCATOR,
    SOURCE,
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    code,
    count,
    flag,
    reference,
    text,
    with_basis,
    year,
)

ROUND_OVERVIEW = Contract(
    name="round_overview",
    layer="marts",
    title_nb="Runder: søkere, valgte og beløp",
    title_en="Rounds: applicants, selected and amounts",
    grain_nb="Én rad per runde og utgaveår, fra og med året runden ble kjent.",
    grain_en="One row per round and edition year, from the year the round became known.",
    key=("edition_year", "round_id"),
    depends_on=("rounds", "round_figures", "projects", "sources", "edition_years"),
    rule_nb="Av tallene som kilder oppgir om en runde, vises det foretrukne, deretter tildelt støtte før ramme og "
    "ramme før årlig budsjett, og det som ble kjent først. Et tak i en utlysning er aldri rundens beløp. "
    "Prosjekter som ingen kilde navngir, er en telt forskjell og ikke rader.",
    rule_en="Of the figures that sources state about a round the preferred one is shown, then funding awarded before "
    "a frame and a frame before a yearly budget, and the one known first. The ceiling of a call is never the "
    "amount of the round. Projects that no source names are a counted gap and not rows.",
    formula="unnamed_count = selected_count - named_count; acceptance_pct = 100 * selected_count / applicant_count",
    columns=(
        EDITION_YEAR,
        reference("round_id", "rounds.round_id", "Runden.", "The round."),
        year("cohort_year", "Kull.", "Cohort."),
        count(
            "applicant_count",
            "Søkere; tom når ingen kilde sier det.",
            "Applicants; empty when no source says.",
        ),
        code(
            "applicant_basis_code",
            "figure_basis",
            "Om antall søkere står i kilden.",
            "Whether the number of applicants stands in the source.",
            required=False,
        ),
        count(
            "selected_count",
            "Valgte prosjekter; tom når ingen kilde sier det.",
            "Selected projects; empty when no source says.",
        ),
        code(
            "selected_basis_code",
            "figure_basis",
            "Om antall valgte står i kilden.",
            "Whether the number selected stands in the source.",
            required=False,
        ),
        count("named_count", "Prosjekter som er navngitt i registeret.", "Projects named in the registry."),
        count(
            "unnamed_count",
            "Valgte prosjekter som ingen kilde navngir; tom når antall valgte er ukjent.",
            "Selected projects that no source names; empty when the number selected is unknown.",
        ),
        with_basis(
            Column(
                "acceptance_pct",
                Type.NUMBER,
                "Valgte som prosent av søkere.",
                "Selected as per cent of applicants.",
                unit="per cent",
                additivity=Additivity.NO,
                minimum=0,
                maximum=100,
            ),
            "applicant_count",
        ),
        Column(
            "amount_nok",
            Type.NUMBER,
            "Beløp for runden; se beløpstypen.",
            "Amount for the round; see its kind.",
            unit="NOK, current prices",
            additivity=Additivity.NO,
            minimum=0,
        ),
        code(
            "amount_kind_code",
            "amount_kind",
            "Hva slags beløp det er.",
            "What kind of amount it is.",
            required=False,
        ),
        flag("is_amount_approximate", "Ja når kilden sier omtrent.", "True when the source says about."),
        flag(
            "has_disagreement",
            "Ja når kilder oppgir ulike tall om runden.",
            "True when sources state different figures about the round.",
        ),
    ),
)


EDITION_CHANGES = Contract(
    name="edition_changes",
    layer="marts",
    title_nb="Endringer siden forrige utgave",
    title_en="Changes since the edition before",
    grain_nb="Én rad per endring fra utgaveåret før.",
    grain_en="One row per change from the edition year before.",
    key=("edition_year", "change_id"),
    depends_on=(
        "projects",
        "rounds",
        "status_assessments",
        "benefit_claims",
        "benefit_measurements",
        "follow_on_funding",
        "participations",
        "corrections",
        "sources",
        "edition_years",
        "project_status",
        "benefit_trail",
    ),
    rule_nb="Noe er nytt i den første utgaven som kjenner det. Status er endret når koden er en annen enn i utgaven "
    "for året før. Et utsagn er avløst når et bedre belagt utsagn ble kjent etter at det selv sto i en "
    "tidligere utgave. En rettelse fortelles i året den ble ført. Rader som sto i den forrige publiserte "
    "utgaven og er borte, legges til når utgaven bygges.",
    rule_en="A thing is new in the first edition that knows it. Status has moved when the code differs from the "
    "edition of the year before. A claim is superseded when a better evidenced one became known after it had "
    "stood in an earlier edition. A correction is told in the year it was entered. Rows that stood in the "
    "edition published before and are gone are added when the edition is built.",
    formula="new: first edition_year with as_of_on >= known_on; moved: current_status_code <> that of edition_year - "
    "1; superseded: is_superseded and not so in edition_year - 1; corrected: edition_year = year of "
    "registered_on; withdrawn: key in the previous published edition and not in this one",
    columns=(
        EDITION_YEAR,
        text("change_id", "Fast nøkkel for endringen.", "Permanent id of the change.", required=True),
        code("change_kind_code", "change_kind", "Hva slags endring.", "What kind of change."),
        reference(
            "project_id",
            "projects.project_id",
            "Prosjektet, når endringen gjelder ett.",
            "The project, when the change is about one.",
            required=False,
        ),
        reference(
            "round_id",
            "rounds.round_id",
            "Runden, når endringen gjelder én.",
            "The round, when the change is about one.",
            required=False,
        ),
        text(
            "from_code",
            "Koden før: status eller evidens; for rettelser og trukne rader tabellen raden står i.",
            "The code before: status or evidence; for corrections and rows withdrawn the table of the row.",
        ),
        text("to_code", "Koden etter, eller den som er ny.", "The code after, or the one that is new."),
        count("item_count", "Antall rader endringen samler.", "Number of rows the change gathers."),
        *bilingual("reason", "Hvorfor.", "Why."),
        SOURCE,
        LOCATOR,
    ),
)


RECONCILIATION = Contract(
    name="reconciliation",
    layer="marts",
    title_nb="Avstemming",
    title_en="Reconciliation",
    grain_nb="Én rad per avstemming og utgaveår.",
    grain_en="One row per reconciliation and edition year.",
    key=("edition_year", "reconciliation_id"),
    depends_on=(
        "reconciliation_rules",
        "portfolio_findings",
        "round_figures",
        "round_overview",
        "sources",
        "edition_years",
    ),
    rule_nb="Totaler som kilder oppgir, sammenlignes med det registeret teller. En forskjell er et funn som vises, og"
    " rettes aldri bort. Er en av sidene ukjent, er svaret ukjent; det gjelder også en sum der tallet for én "
    "runde mangler.",
    rule_en="Totals that sources state are compared with what the registry counts. A difference is a finding to be "
    "shown and never forced away. When either side is unknown so is the answer, which includes a sum in which"
    " the figure of one round is missing.",
    formula="difference = stated_value - computed_value; agrees: 0; gap: fewer named than selected in a round; "
    "disagrees: otherwise; unknown: either side is null",
    columns=(
        EDITION_YEAR,
        text(
            "reconciliation_id",
            "Fast nøkkel for avstemmingen.",
            "Permanent id of the reconciliation.",
            required=True,
        ),
        reference(
            "round_id",
            "rounds.round_id",
            "Runden, når avstemmingen gjelder én.",
            "The round, when it is about one.",
            required=False,
        ),
        *bilingual("rule", "Hva som skal stemme.", "What should agree.", required=True),
        Column(
            "stated_value",
            Type.NUMBER,
            "Tallet kilden oppgir.",
            "The figure that the source states.",
            unit="count",
            additivity=Additivity.NO,
        ),
        Column(
            "computed_value",
            Type.NUMBER,
            "Tallet regnet ut fra registeret.",
            "The figure computed from the registry.",
            unit="count",
            additivity=Additivity.NO,
        ),
        Column(
            "difference",
            Type.NUMBER,
            "Oppgitt minus regnet ut.",
            "Stated minus computed.",
            unit="count",
            additivity=Additivity.NO,
        ),
        code("result_code", "reconciliation_result", "Utfallet.", "The outcome."),
        *bilingual(
            "explanation",
            "Hva forskjellen kommer av, så langt det er kjent.",
            "What the difference comes from, as far as is known.",
        ),
        SOURCE,
        LOCATOR,
    ),
)
