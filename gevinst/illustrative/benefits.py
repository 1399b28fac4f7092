"""Benefits of the invented projects: what they are and for whom, what is claimed, planned and measured of them.

Belongs here: rows of benefits, beneficiaries, claims, plans and measurements.
Does not belong here: what the rows say (`themes.py`), and values in kroner (`optional.py`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from gevinst.contracts.vocabulary import (
    DOCUMENTED,
    EXPECTED,
    FOR_THE_BETTER,
    FOR_THE_WORSE,
    GOAL,
    MEASURED_BY_PARTICIPANT,
    NO_BENEFICIARY_STATED,
    REPORTED,
)
from gevinst.illustrative.evaluations import (
    LAST_YEAR,
    Document,
    award,
    evaluation,
    evaluation_year,
    profile_of,
    report,
)
from gevinst.illustrative.model import FOLDER_YEAR, UNTIL, Draft, Row, at, both, on_day
from gevinst.illustrative.names import slug
from gevinst.illustrative.registry import Project
from gevinst.illustrative.themes import (
    FREED_POSTS,
    MORE_CONTACTS,
    OUTCOMES,
    SPENT_ABROAD,
    SPENT_AT_HOME,
    THEMES,
    Indicator,
    Theme,
)

WITHDRAWN_ON = date(2026, 1, 1)
_ALSO_FOR = ("samfunn", "naeringsliv")
"""Further beneficiaries of the first benefit of a project, where they are not its own."""
_STATUS_THREE_YEARS_ON = {1: "abandoned", 2: "in_progress", 3: "partly_realised"}
"""What plans say of a benefit, by how far its evidence comes."""


def add_benefits(draft: Draft, projects: list[Project]) -> None:
    """Add the benefits of each project, and all that is said of them."""
    for project in projects:
        _add_themes(draft, project)
        if project.number % 3 == 0:
            _add_potential(draft, project)
        _add_planned_only(draft, project)
        if project.number % 5 == 2:
            _add_disbenefit(draft, project)
    _add_withdrawn_claim(draft, projects[2])


def _add_themes(draft: Draft, project: Project) -> None:
    """Three benefits, of which the last comes less far; a claim of each step, so that the better supersedes.

    In every other project each builds on those before it.
    """
    earlier: list[str] = []
    # 3 is coprime to the number of themes (8), so that the projects go through all of them in turn.
    for place in range(3):
        theme = THEMES[(project.number * 3 + place) % len(THEMES)]
        benefit = _benefit(
            draft,
            project,
            award(project),
            theme.name,
            theme.benefit_code,
            benefit_class_code=theme.benefit_class_code,
            saving_type_code=theme.saving_type_code,
            depends_on_ids=" ".join(earlier) or None if project.number % 2 == 0 else None,
            **(_care() if place == 0 else {}),
        )
        more = [code for code in _ALSO_FOR if code != theme.beneficiary_code] if place == 0 else []
        _add_beneficiaries(draft, benefit, theme.beneficiary_code, *more)
        plan = _add_plan(draft, project, benefit, theme.indicator) if theme.indicator else None
        for step in range(max(1, profile_of(project).evidence - place // 2)):
            _add_step(draft, project, benefit, theme, step, plan if place < 2 else None, is_owners=place == 1)
        earlier.append(benefit["benefit_id"])


def _care() -> Row:
    return {
        **both("measures", "Ansatte får opplæring, og rutinene skrives om.", "Staff are trained, routines rewritten."),
        **both("risk", "De som skal bruke løsningen, får ikke tid til det.", "Those who are to use it get no time."),
    }


def _add_step(
    draft: Draft, project: Project, benefit: Row, theme: Theme, step: int, plan: Row | None, *, is_owners: bool
) -> None:
    """The goal at the award, what is reported two years on, and what is measured or confirmed four years on."""
    year = project.cohort_year + (0, 2, 4)[step]
    if step == 0:
        _claim(draft, award(project), benefit, "scheme", GOAL, EXPECTED, theme.goal)
    elif step == 1 and year <= LAST_YEAR:
        speaker = "supplier" if theme.reported[0].startswith("Leverandøren") else "owner"
        document = report(draft, project, year)
        _claim(draft, document, benefit, speaker, "realised_self_reported", REPORTED, theme.reported)
    elif step == 2 and is_owners and plan is not None and year <= LAST_YEAR:
        document = report(draft, project, year)
        _claim(draft, document, benefit, "owner", "measured", MEASURED_BY_PARTICIPANT, theme.shown)
        _add_own_measurements(draft, project, plan, theme.indicator, year)
    elif step == 2 and (looked := evaluation_year(year)):
        # Without a plan nothing was measured: the evaluator has it confirmed, and that is no documentation.
        how = ("measured", DOCUMENTED) if plan else ("realised_self_reported", REPORTED)
        _claim(draft, evaluation(looked), benefit, "third_party", *how, theme.shown)
        if plan is not None:
            _add_measurements_of_evaluator(draft, project, plan, theme.indicator, looked)


def _benefit(draft: Draft, project: Project, document: Document, name: tuple[str, str], code: str, **more: Any) -> Row:
    number = sum(row["project_id"] == project.project_id for row in draft.rows["benefits"]) + 1
    return draft.add(
        "benefits",
        {
            "benefit_id": f"{project.project_id}-gevinst-{number:02}",
            "project_id": project.project_id,
            **both("name", *name),
            "benefit_code": code,
            "benefit_sign_code": FOR_THE_BETTER,
            **more,
            **at(document.source_id, "avsnittet om gevinster"),
            FOLDER_YEAR: document.year,
        },
    )


def _add_beneficiaries(draft: Draft, benefit: Row, *codes: str) -> None:
    for code in codes:
        draft.add(
            "benefit_beneficiaries",
            {
                "benefit_id": benefit["benefit_id"],
                "beneficiary_code": code,
                **at(benefit["source_id"], benefit["source_locator"]),
                FOLDER_YEAR: benefit[FOLDER_YEAR],
            },
        )


def _claim(
    draft: Draft, document: Document, benefit: Row, speaker: str, modality: str, evidence: str, text: tuple[str, str]
) -> Row:
    """A claim; from the second on of a benefit it says why it is about the same one."""
    claims = draft.rows["benefit_claims"]
    number = sum(row["project_id"] == benefit["project_id"] for row in claims) + 1
    is_first = all(row["benefit_id"] != benefit["benefit_id"] for row in claims)
    reason = ("Kilden viser til det samme målet.", "The source refers to the same goal.")
    return draft.add(
        "benefit_claims",
        {
            "benefit_claim_id": f"{benefit['project_id']}-{number:02}",
            "assessment_round_id": document.round_id,
            "project_id": benefit["project_id"],
            "benefit_id": benefit["benefit_id"],
            "modality_code": modality,
            "evidence_code": evidence,
            "stated_by_code": speaker,
            **both("statement", *text),
            **({} if evidence == EXPECTED else on_day("about", date(document.year, 1, 1), "year")),
            **({} if is_first else both("same_benefit_reason", *reason)),
            **at(document.source_id, "avsnittet om gevinster"),
            FOLDER_YEAR: document.year,
        },
    )


def _add_plan(draft: Draft, project: Project, benefit: Row, indicator: Indicator) -> Row | None:
    """The plan of an indicator the year after the award; two of four projects change theirs two years later.

    Every fourth has no target, every other no date of the next measurement.
    """
    year = project.cohort_year + 1
    if year > LAST_YEAR:
        return None
    when = on_day("next_measurement", date(year + 3, 1, 1), "year") if project.number % 2 == 0 else {}
    target = None if project.number % 4 == 1 else indicator.target
    document = report(draft, project, year)
    plan = _plan_row(project, benefit, indicator, document, "planned", target=target, **when)
    draft.add("benefit_plans", plan)
    if project.number % 2 == 0 and year + 2 <= LAST_YEAR:
        status = _STATUS_THREE_YEARS_ON[profile_of(project).evidence]
        changed = _plan_row(
            project, benefit, indicator, report(draft, project, year + 2), status, target=target, **when
        )
        if project.number % 4 == 2:  # the baseline was counted again
            changed["baseline_value"] = round(indicator.baseline * 1.1)
            changed.update(on_day("next_measurement", date(year + 5, 1, 1), "year"))
        changed["benefit_plan_id"] += "-endret"
        changed["revises_plan_id"] = plan["benefit_plan_id"]
        draft.add("benefit_plans", changed)
    return plan


def _plan_row(
    project: Project,
    benefit: Row,
    indicator: Indicator,
    document: Document,
    status: str,
    *,
    target: float | None,
    **more: Any,
) -> Row:
    return {
        "benefit_plan_id": f"{benefit['benefit_id']}-plan",
        "benefit_id": benefit["benefit_id"],
        **both("indicator", indicator.nb, indicator.en),
        "unit_code": indicator.unit_code,
        "currency_code": indicator.currency_code,
        "price_year": project.cohort_year + 1 if indicator.currency_code else None,
        "desired_direction_code": indicator.direction,
        "baseline_value": indicator.baseline,
        **on_day("baseline", date(project.cohort_year + 1, 1, 1), "year"),
        "target_value": target,
        **(on_day("target", date(project.cohort_year + 5, 1, 1), "year") if target is not None else {}),
        "responsible_organisation_id": slug(project.owner.name) if project.number % 2 == 0 else None,
        "responsible_role_code": ("gevinsteier" if project.number % 4 else "linjeorganisasjon")
        if project.number % 2 == 0
        else None,
        "benefit_status_code": status,
        **on_day("status", date(document.year, 10, 1), "month"),
        **more,
        **at(document.source_id, "planen for gevinster"),
        FOLDER_YEAR: document.year,
    }


def _add_own_measurements(draft: Draft, project: Project, plan: Row, indicator: Indicator | None, year: int) -> None:
    """What the owner measured, and the supplier a year later."""
    for number, (looked, speaker) in enumerate(((year, "owner"), (year + 1, "supplier"))):
        if looked <= LAST_YEAR and indicator is not None:
            _measurement(draft, project, plan, indicator, report(draft, project, looked), speaker, number)


def _add_measurements_of_evaluator(
    draft: Draft, project: Project, plan: Row, indicator: Indicator | None, year: int
) -> None:
    """One measurement with the claim and, where the evaluator looked again, a later one with another outcome."""
    for number, looked in enumerate(filter(None, (year, evaluation_year(year + 2)))):
        if indicator is not None:
            _measurement(draft, project, plan, indicator, evaluation(looked), "third_party", number)


def _measurement(
    draft: Draft, project: Project, plan: Row, indicator: Indicator, document: Document, speaker: str, number: int
) -> None:
    share = OUTCOMES[len(draft.rows["benefit_measurements"]) % len(OUTCOMES)]
    # Without a target the change is that of the indicator's usual one, or a fifth more than there was.
    aim = indicator.target if indicator.target is not None else indicator.baseline * 1.2
    value = indicator.baseline + share * (aim - indicator.baseline)
    draft.add(
        "benefit_measurements",
        {
            "benefit_measurement_id": f"{plan['benefit_id']}-maling-{number + 1}",
            "benefit_plan_id": plan["benefit_plan_id"],
            "measured_value": round(value, 1),
            **on_day("measured", date(document.year, 9, 1), "month"),
            "respondent_count": draft.rng.randrange(40, 400),
            "stated_by_code": speaker,
            **both("method", "Samme måling før og etter.", "The same measurement before and after."),
            **at(document.source_id, f"tabell {project.number + 1}"),
            FOLDER_YEAR: document.year,
        },
    )


def _add_potential(draft: Draft, project: Project) -> None:
    vague = ("Ordningen ser et stort potensial i prosjektet.", "The scheme sees a large potential in the project.")
    benefit = _benefit(draft, project, award(project), ("Stort potensial", "Large potential"), "general_potential")
    _add_beneficiaries(draft, benefit, NO_BENEFICIARY_STATED)
    _claim(draft, award(project), benefit, "scheme", "potential_asserted", EXPECTED, vague)


def _add_planned_only(draft: Draft, project: Project) -> None:
    """Benefits that are only in a plan: posts, and money of two currencies and many price years, some measured."""
    year = project.cohort_year + 1
    if year > LAST_YEAR:
        return
    document = report(draft, project, year)
    if project.number % 4 == 3:
        name = ("Frigjorte årsverk", "Posts set free")
        posts = _benefit(draft, project, document, name, "time_saved_staff", benefit_class_code="alternative_use")
        _add_beneficiaries(draft, posts, "ansatte", "virksomhet")
        _add_plan(draft, project, posts, FREED_POSTS)
    if project.number % 3 == 1:
        indicator = SPENT_ABROAD if project.number % 6 == 1 else SPENT_AT_HOME
        name = ("Lavere utgifter", "Lower spending")
        money = _benefit(
            draft,
            project,
            document,
            name,
            "cost_resource_efficiency",
            benefit_class_code="budget_own",
            saving_type_code="unngatte_kostnader",
            # The invented owner gives the money back, which the usual place of such benefits does not say.
            chain_level_code="societal_effect",
            responsible_organisation_id=slug(project.owner.name),
            responsible_role_code="gevinsteier",
        )
        _add_beneficiaries(draft, money, "virksomhet", "samfunn")
        plan = _add_plan(draft, project, money, indicator)
        if plan is not None and year + 2 <= LAST_YEAR and project.number % 2 == 0:
            _measurement(draft, project, plan, indicator, report(draft, project, year + 2), "owner", 0)


def _add_disbenefit(draft: Draft, project: Project) -> None:
    """An effect for the worse: feared at the award, and found two years later."""
    name = ("Flere henvendelser til naboetaten", "More contacts with the body next door")
    feared = ("Naboetaten kan få flere henvendelser.", "The body next door may get more contacts.")
    found = (
        "Eieren sier at naboetaten får flere henvendelser.",
        "The owner says that the neighbour gets more contacts.",
    )
    benefit = _benefit(
        draft, project, award(project), name, "cost_resource_efficiency", benefit_sign_code=FOR_THE_WORSE
    )
    _add_beneficiaries(draft, benefit, "andre_offentlige")
    _claim(draft, award(project), benefit, "scheme", "problem_implied", EXPECTED, feared)
    plan = _add_plan(draft, project, benefit, MORE_CONTACTS)
    year = project.cohort_year + 2
    if plan is not None and year <= LAST_YEAR:
        document = report(draft, project, year)
        _claim(draft, document, benefit, "owner", "realised_self_reported", REPORTED, found)
        _measurement(draft, project, plan, MORE_CONTACTS, document, "owner", 0)


def _add_withdrawn_claim(draft: Draft, project: Project) -> None:
    """A claim that was in the deliveries until it was withdrawn."""
    document = report(draft, project, project.cohort_year + 2)
    text = ("Færre trenger å reise for å få hjelp.", "Fewer need to travel to get help.")
    benefit = _benefit(draft, project, document, ("Færre reiser", "Fewer journeys"), "environment")
    _add_beneficiaries(draft, benefit, "samfunn")
    claim = _claim(draft, document, benefit, "owner", "realised_self_reported", REPORTED, text)
    claim[UNTIL] = WITHDRAWN_ON
