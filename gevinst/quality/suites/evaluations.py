"""Checks of evaluation data: status, claims, plans, measurements and the figures that are not benefits.

Belongs here: expectations about one evaluation table, or about a frame prepared of several.
Does not belong here: rules that no expectation can express (`gevinst.quality.invariants`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import MONEY, Severity
from gevinst.quality.model import Owner
from gevinst.quality.suites.model import LANGUAGES, USUAL, SuiteCheck, own_currency, where
from gevinst.quality.suites.prepared import (
    CLAIMS,
    LATE_STEPS,
    MEASUREMENTS,
    PLANS,
    STATEMENTS,
    WORDS_OF_BENEFITS,
    WORDS_OF_CLAIMS,
    WORDS_OF_LATE_STEPS,
    beyond,
)

_SPACE = "[ \u00a0\u202f]"
_CURRENCY = r"kroner|kronor|\b(?:kr|nok|sek|dkk|eur|gbp|usd|chf|euros?|pounds?|pund|dollars?)\b|[€£$]"
_AMOUNT = (
    rf"(?i)\d{_SPACE}*(?:(?:mill|mrd|billion|bn|m\b)[a-z.]*)?{_SPACE}*(?:{_CURRENCY})|(?:{_CURRENCY})\.?{_SPACE}*\d"
)
"""A number followed or preceded by money; Arrow-backed text is searched with RE2, which has no look-around."""

_MODALITY_AND_EVIDENCE = [
    "potential_asserted/forventet",
    "goal/forventet",
    "problem_implied/forventet",
    "realised_self_reported/oppgitt",
    "realised_self_reported/dokumentert",
    "measured/malt_oppgitt",
    "measured/dokumentert",
]
"""How a source states a benefit, and the evidence grades that allows. Statements about the portfolio as a whole have no
pair here, since they belong to no single project."""

_SHORTEST_REASON = 60
"""Characters: one full sentence. The shortest reason on record of a step that high had 111 in 2026."""

_STATUS = (
    SuiteCheck(
        "status_assessments_stated_once",
        "status_assessments",
        Severity.WARNING,
        "Samme status er ikke ført to ganger for et prosjekt med samme dato og kilde. Forløpet ville sett rikere ut.",
        "The same status is not entered twice for a project with one date and source. The history would look richer.",
        Owner.EVALUATOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["project_id", "status_code", "assessed_on", "source_id"]},
        column_name="status_code",
    ),
    *(
        SuiteCheck(
            f"status_assessments_late_step_has_reason_{language}",
            "status_assessments",
            Severity.CRITICAL,
            f"Trinn 4 og høyere er begrunnet med minst {_SHORTEST_REASON} tegn ({nb} tekst). Dem er det andre siterer.",
            f"Step 4 and above have a reason of at least {_SHORTEST_REASON} characters ({en} text). Those are quoted.",
            Owner.EVALUATOR,
            "ExpectColumnValueLengthsToBeBetween",
            {
                "column": f"reason_{language}",
                "min_value": _SHORTEST_REASON,
                "row_condition": where("status_code", "IN", list(LATE_STEPS)),
            },
            remedy_nb="Skriv hva kilden sier om bruken, hvem som bruker det og fra når.",
            remedy_en="Write what the source says of the use, who uses it and since when.",
        )
        for language, nb, en in LANGUAGES
    ),
    SuiteCheck(
        "status_assessments_late_step_reason_is_its_own",
        "status_assessments",
        Severity.CRITICAL,
        "Ingen prosjekter på trinn 4 eller høyere har samme begrunnelse som et annet. Da er teksten trolig kopiert.",
        "No project on step 4 or above has the same reason as another. The text is then probably copied.",
        Owner.EVALUATOR,
        "ExpectColumnValuesToBeUnique",
        {"column": "words_nb"},
        prepared=WORDS_OF_LATE_STEPS,
        column_name="reason_nb",
        remedy_nb="Skriv hva kilden sier om dette prosjektet.",
        remedy_en="Write what the source says of this project.",
    ),
)

_CLAIMS = (
    SuiteCheck(
        "benefit_claims_evidence_fits_modality",
        "benefit_claims",
        Severity.CRITICAL,
        "Et potensial, et mål eller et problem er bare forventet; det som er oppnådd, er oppgitt, målt eller "
        "dokumentert. Ellers blir håp vist som resultat.",
        "A potential, a goal or a problem is only expected; what is achieved is reported, measured or documented. "
        "Otherwise hopes are shown as results.",
        Owner.EVALUATOR,
        # An expectation of pairs would go through the rows one by one: a minute for a million.
        "ExpectColumnValuesToBeInSet",
        {"column": "modality_and_evidence", "value_set": _MODALITY_AND_EVIDENCE},
        prepared=CLAIMS,
        column_name="evidence_code",
    ),
    SuiteCheck(
        "benefit_claims_listed_once",
        "benefit_claims",
        Severity.CRITICAL,
        "Samme utsagn om en gevinst er ikke ført to ganger fra én kilde. Ellers telles det dobbelt.",
        "The same claim about a benefit is not entered twice from one source. Otherwise it is counted double.",
        Owner.EVALUATOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["benefit_id", "source_id", "statement_nb"]},
        column_name="statement_nb",
    ),
    SuiteCheck(
        "benefit_claims_belong_to_their_benefit",
        "benefit_claims",
        Severity.CRITICAL,
        "Et utsagn gjelder samme prosjekt som gevinsten det viser til. Ellers får ett prosjekt det andres gevinst.",
        "A claim is about the project of the benefit that it refers to. Otherwise one project gets another's benefit.",
        Owner.EVALUATOR,
        "ExpectColumnPairValuesToBeEqual",
        {"column_A": "project_id", "column_B": "benefit_project_id"},
        prepared=CLAIMS,
    ),
    *(
        SuiteCheck(
            f"benefit_claims_state_no_kroner_{language}",
            "benefit_claims",
            Severity.CRITICAL,
            f"Utsagn om gevinster nevner ikke penger ({nb} tekst). Et beløp uten prisår og måling er ikke en gevinst.",
            f"Claims of benefits mention no money ({en} text). An amount without price year and measurement is none.",
            Owner.EVALUATOR,
            "ExpectColumnValuesToNotMatchRegex",
            {"column": f"statement_{language}", "regex": _AMOUNT},
        )
        for language, nb, en in LANGUAGES
    ),
    *(
        SuiteCheck(
            f"benefit_claims_words_once_{language}",
            "benefit_claims",
            Severity.CRITICAL,
            f"To gevinster i et prosjekt er ikke omtalt med samme ord ({nb} tekst). Da er én trolig ført to ganger og "
            "telles dobbelt.",
            f"No two benefits of a project are told in the same words ({en} text). One is then probably entered under "
            "two ids and counted double.",
            Owner.EVALUATOR,
            "ExpectCompoundColumnsToBeUnique",
            {"column_list": ["project_id", "words"], "ignore_row_if": "any_value_is_missing"},
            prepared=WORDS_OF_CLAIMS[language],
            column_name=f"statement_{language}",
            remedy_nb="Vis til den samme gevinsten, eller skriv hva som skiller dem.",
            remedy_en="Refer to the same benefit, or write what sets them apart.",
        )
        for language, nb, en in LANGUAGES
    ),
    *(
        SuiteCheck(
            f"benefits_named_once_{language}",
            "benefits",
            Severity.CRITICAL,
            f"To gevinster i et prosjekt har ikke samme navn ({nb} tekst). Da er én gevinst ført under to nøkler.",
            f"No two benefits of a project have the same name ({en} text). One is then entered under two ids.",
            Owner.EVALUATOR,
            "ExpectCompoundColumnsToBeUnique",
            {"column_list": ["project_id", f"words_{language}"], "ignore_row_if": "any_value_is_missing"},
            prepared=WORDS_OF_BENEFITS,
            column_name=f"name_{language}",
            remedy_nb="La utsagn og planer vise til én av dem, eller gi dem navn som skiller dem.",
            remedy_en="Let claims and plans refer to one of them, or give them names that set them apart.",
        )
        for language, nb, en in LANGUAGES
    ),
    SuiteCheck(
        "statements_in_one_table",
        "benefit_claims",
        Severity.CRITICAL,
        "Ingen utsagn står både blant gevinstene og i en annen tabell over utsagn. Da telles det som to slags ting.",
        "No statement is both among the benefits and in another table of statements. It is then counted as two things.",
        Owner.EVALUATOR,
        "ExpectColumnValuesToBeUnique",
        {"column": "words_nb"},
        prepared=STATEMENTS,
        column_name="statement_nb",
        remedy_nb="La det stå bare i den tabellen det hører hjemme i.",
        remedy_en="Leave it only in the table in which it belongs.",
    ),
)

_PLANS = (
    *(
        SuiteCheck(
            f"{table}_{column}_in_unit",
            table,
            Severity.CRITICAL,
            f"{nb} er mulig i enheten, som 0 til 100 i prosent. Et antall ført som prosent gir feil endring.",
            f"{en} is possible in its unit, such as 0 to 100 in per cent. A count entered as a share changes wrongly.",
            Owner.EVALUATOR,
            "ExpectColumnValuesToBeNull",
            {"column": beyond(column)},
            prepared=prepared,
            column_name=column,
        )
        for table, column, prepared, nb, en in (
            ("benefit_plans", "baseline_value", PLANS, "Nullpunktet", "The baseline"),
            ("benefit_plans", "target_value", PLANS, "Målet", "The target"),
            ("benefit_measurements", "measured_value", MEASUREMENTS, "Den målte verdien", "The measured value"),
        )
    ),
    *(
        SuiteCheck(
            f"benefit_plans_money_has_{name}",
            "benefit_plans",
            Severity.CRITICAL,
            f"Er enheten penger, har planen {nb}. Uten kan beløpet ikke sammenlignes med noe.",
            f"Where the unit is money, the plan has {en}. Without it the amount cannot be compared with anything.",
            Owner.EVALUATOR,
            "ExpectColumnValuesToNotBeNull",
            {"column": column, "row_condition": where("unit_kind_code", "==", MONEY)},
            prepared=PLANS,
            remedy_nb=f"Fyll inn {nb}.",
            remedy_en=f"Fill in {en}.",
        )
        for name, column, nb, en in (
            ("currency", "currency_code", "valuta", "a currency"),
            ("price_year", "price_year", "prisår", "a price year"),
        )
    ),
    *(
        SuiteCheck(
            f"benefit_plans_others_have_no_{name}",
            "benefit_plans",
            Severity.CRITICAL,
            f"Bare planer i penger har {nb}. På andre er enheten feil, eller så hører feltet til en annen rad.",
            f"Only plans in money have {en}. On others the unit is wrong, or the cell belongs to another row.",
            Owner.EVALUATOR,
            "ExpectColumnValuesToBeNull",
            {"column": column, "row_condition": where("unit_kind_code", "!=", MONEY)},
            prepared=PLANS,
            remedy_nb="Rett enheten, eller tøm feltet.",
            remedy_en="Correct the unit, or empty the cell.",
        )
        for name, column, nb, en in (
            ("currency", "currency_code", "valuta", "a currency"),
            ("price_year", "price_year", "prisår", "a price year"),
        )
    ),
    SuiteCheck(
        "benefit_plans_currency_form",
        "benefit_plans",
        Severity.CRITICAL,
        "Valuta er tre store bokstaver (ISO 4217). I andre ord kan beløp i samme valuta ikke legges sammen.",
        "A currency is three capital letters (ISO 4217). In other words amounts of one currency cannot be added.",
        Owner.EVALUATOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "currency_code", "regex": "^[A-Z]{3}$"},
        remedy_nb="Skriv NOK for norske kroner.",
        remedy_en="Write NOK for Norwegian kroner.",
    ),
    SuiteCheck(
        "benefit_measurements_have_baseline",
        "benefit_measurements",
        Severity.WARNING,
        "Planen til hver måling har et nullpunkt. Uten det viser ikke tallet noen endring.",
        "The plan of every measurement has a baseline. Without it the figure shows no change.",
        Owner.EVALUATOR,
        "ExpectColumnValuesToNotBeNull",
        {"column": "baseline_value"},
        prepared=MEASUREMENTS,
        column_name="benefit_plan_id",
        remedy_nb="Fyll inn nullpunktet i planen, når kilden oppgir det.",
        remedy_en="Fill in the baseline of the plan, when the source states it.",
    ),
    SuiteCheck(
        "benefit_measurements_dates_ordered",
        "benefit_measurements",
        Severity.CRITICAL,
        "Ingen målinger er gjort før nullpunktet. Da er før og etter byttet om.",
        "No measurement is made before its baseline. Before and after are then swapped.",
        Owner.EVALUATOR,
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": "measured_on",
            "column_B": "baseline_on",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        prepared=MEASUREMENTS,
    ),
)

_FIGURES = (
    SuiteCheck(
        "follow_on_funding_plausible",
        "follow_on_funding",
        Severity.CRITICAL,
        "Tilsagn er så store som scheme.toml sier er vanlig. Det avslører beløp ført i tusen eller millioner.",
        "Grants are as large as scheme.toml says is usual. This reveals amounts entered in thousands or millions.",
        Owner.EVALUATOR,
        "ExpectColumnValuesToBeBetween",
        {"column": "amount", USUAL: "follow_on"},
    ),
    own_currency("follow_on_funding", Owner.EVALUATOR),
    SuiteCheck(
        "follow_on_funding_listed_once",
        "follow_on_funding",
        Severity.CRITICAL,
        "Samme beløp fra samme giver er ikke ført to ganger på et prosjekt. Summen ville blitt for stor.",
        "The same amount from the same funder is not entered twice for a project. The sum would be too large.",
        Owner.EVALUATOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["project_id", "amount", "funder_id"]},
        column_name="amount",
    ),
    SuiteCheck(
        "portfolio_findings_counts_have_value",
        "portfolio_findings",
        Severity.WARNING,
        "Funn av typen antall har et tall. Uten det kan funnet ikke avstemmes mot registeret.",
        "Findings that are counts have a figure. Without it the finding cannot be reconciled with the registry.",
        Owner.EVALUATOR,
        "ExpectColumnValuesToNotBeNull",
        {"column": "value", "row_condition": where("finding_kind_code", "==", "count")},
    ),
)

EVALUATION_CHECKS: tuple[SuiteCheck, ...] = (*_STATUS, *_CLAIMS, *_PLANS, *_FIGURES)
