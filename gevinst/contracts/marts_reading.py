"""Contracts of the marts about reading and coding: what was read, what to read again first, how coders agree.

Belongs here: results computed from `coding_coverage` and `claim_codings`.
Does not belong here: what is known of projects (`marts_projects`) and agreement on rated drivers (`marts_statistics`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract

DOCUMENT_READING = Contract(
    name="document_reading",
    layer="marts",
    title_nb="Hvordan hvert dokument er lest",
    title_en="How each document was read",
    grain_nb="Én rad per dokument og utgaveår.",
    grain_en="One row per document and edition year.",
    key=("edition_year", "source_id"),
    depends_on=("sources", "edition_years", "coding_coverage", "source_use"),
    may_be_empty=True,
    rule_nb="Når dokumentet ble offentlig, hvor mye av det som er lest, og hva det er kodet for. Har flere lest det, "
    "gjelder den som leste "
    "mest, og det er kodet når minst én har kodet det. Er lesningen ikke ført i kodedekningen, gjelder det kilden selv "
    "sier om hvor mye som kunne leses.",
    rule_en="When the document became public, how much of it was read, and what it was coded for. Where several have "
    "read it, the one who "
    "read most counts, and it is coded when at least one has coded it. Where the reading is not in the coding "
    "coverage, "
    "what the source itself says of how much could be read counts.",
    formula="public_from, public_to = first and last day of published_on, else public_not_before and public_not_after, "
    "never later than accessed_on; read_code = lowest rank of read_extent over rows of coding_coverage with the "
    "source_id, else in_part when "
    "is_partly_read of sources, else whole; is_coded_<x> = any row with is_coded_<x>; row_count = sum of row_count of "
    "source_use over tables other than coding_coverage and claim_codings",
    columns=listed(
        "edition_year",
        *override("source_id", "Dokumentet.", "The document."),
        "public_from public_to read_code",
        *override(
            "is_coded_status",
            "Ja når noen har kodet det for hvor langt prosjektet er kommet.",
            "True when somebody coded it for how far the project has come.",
        ),
        *override(
            "is_coded_expected",
            "Ja når noen har kodet det for forventede gevinster.",
            "True when somebody coded it for expected benefits.",
        ),
        *override(
            "is_coded_results",
            "Ja når noen har kodet det for oppnådde gevinster.",
            "True when somebody coded it for benefits achieved.",
        ),
        *override("row_count", "Rader i alle tabeller som bygger på det.", "Rows of all tables that rest on it."),
    ),
)

READING_LIST = Contract(
    name="reading_list",
    layer="marts",
    title_nb="Det som bør leses på nytt først",
    title_en="What to read again first",
    grain_nb="Én rad per dokument om et prosjekt som ikke er lest i sin helhet, eller ikke kodet for resultater.",
    grain_en="One row per document on a project that was not read in full, or not coded for results.",
    key=("edition_year", "source_id"),
    depends_on=(
        "document_reading",
        "sources",
        "project_status",
        "projects",
        "project_events",
        "project_grants",
        "participations",
        "status_assessments",
        "benefits",
        "benefit_claims",
        "follow_on_funding",
        "coding_coverage",
    ),
    may_be_empty=True,
    rule_nb="Først dokumenter som ingen har kodet for oppnådde gevinster, så de som gjelder flest prosjekter med "
    "gammel "
    "status, så de som flest rader bygger på. Det er en rekkefølge for arbeidet og sier ingenting om prosjektene.",
    rule_en="First documents that nobody has coded for benefits achieved, then those about the most projects with an "
    "old status, then those on which the most rows rest. It is an order of work and says nothing of the projects.",
    formula="rows of document_reading with read_code <> whole or not is_coded_results, and at least one project known; "
    "reading_order = place by (is_results_unread first, stale_project_count descending, row_count descending, "
    "source_id)",
    columns=listed(
        "edition_year reading_order",
        *override("source_id", "Dokumentet.", "The document."),
        "read_code is_results_unread",
        *override(
            "project_count",
            "Prosjekter dokumentet gjelder.",
            "Projects that the document is about.",
            additivity=Additivity.NO,
        ),
        "stale_project_count",
        *override("row_count", "Rader i alle tabeller som bygger på det.", "Rows of all tables that rest on it."),
    ),
)

CODING_AGREEMENT = Contract(
    name="coding_agreement",
    layer="marts",
    title_nb="Samsvar mellom kodinger av utsagn",
    title_en="Agreement between codings of claims",
    grain_nb="Én rad per kodet variabel og utgaveår.",
    grain_en="One row per coded variable and edition year.",
    key=("edition_year", "coded_variable_code"),
    depends_on=("claim_codings", "benefit_trail", "sources", "edition_years"),
    rule_nb="Utsagn som er kodet av minst to, uavhengig av hverandre: hvor mange par som ga samme kode, og "
    "Krippendorffs alfa på nominalt nivå, som trekker fra det tilfeldigheter ville gitt. Av flere mottakere "
    "sammenlignes "
    "den viktigste. Uten variasjon er alfa ikke definert; det er ikke det samme som fullt samsvar. Prosenten gis "
    "ikke for færre enn fem par, og intervallet ikke for færre enn ti utsagn.",
    rule_en="Claims coded by at least two, independently of one another: how many pairs gave the same code, and "
    "Krippendorff's alpha at nominal level, which takes off what chance would give. Of several beneficiaries the main "
    "one is compared. Without variation alpha is undefined; that is not the same as full agreement. The percentage is "
    "not given for fewer than five pairs, and the interval not for fewer than ten claims.",
    formula="agreement_pct = 100 * equal_pair_count / pair_count, null when pair_count < 5 (min_n_for_shares); alpha = "
    "1 - (n - 1) * sum(o_ck * d_ck) / sum(n_c * n_k * d_ck), d_ck = 1 for different codes and 0 for the same; interval "
    "= 2.5 and 97.5 percentiles of 2000 bootstrap draws over claims",
    columns=listed(
        "edition_year coded_variable_code",
        "measurement_level_code",
        *override("unit_count", "Utsagn kodet av minst to.", "Claims coded by at least two."),
        *override("coder_count", "Kodere som kodet dem.", "Coders who coded these."),
        *override("rating_count", "Kodinger av dem.", "Codings of these."),
        "pair_count equal_pair_count agreement_pct alpha alpha_low alpha_high agreement_reason_code",
    ),
)

READING_MARTS = (DOCUMENT_READING, READING_LIST, CODING_AGREEMENT)
"""In the order they are computed."""
