"""Which headline figures there are: what each counts, in which table, and of what whole.

Belongs here: the list, as data; a figure that a heading, a sentence or a key figure needs is added here.
Does not belong here: figures of status (`headline_statuses.py`) and of follow-up (`headline_follow_up.py`), the shape
of a figure (`headline_model.py`) and counting (`headlines.py`).
"""

from __future__ import annotations

import narwhals as nw

from gevinst.contracts.vocabulary import PARTNER, SUPPLIER
from gevinst.method.coverage import FACTS
from gevinst.method.headline_documents import DOCUMENTS
from gevinst.method.headline_follow_up import FOLLOW_UP
from gevinst.method.headline_model import Condition, Figure, every_row, flag
from gevinst.method.headline_statuses import MOVEMENT, STATUSES
from gevinst.method.organisations import ALL_ROLES, OWNER_GROUP


def _role(group: str) -> Condition:
    return lambda rules: nw.col("role_group") == group


_COVERAGE = (
    *(
        Figure(fact, "project_coverage", fact, nb, en, flag(fact), total="projects")
        for fact, nb, en in zip(
            FACTS,
            (
                "Prosjekter der prosjekteieren er kjent.",
                "Prosjekter der leverandøren er kjent.",
                "Prosjekter der start eller slutt er kjent.",
                "Prosjekter der tildelt støtte er kjent.",
                "Prosjekter der en status utover tildelingen er kjent.",
                "Prosjekter der minst én forventet gevinst er beskrevet.",
                "Prosjekter der minst én gevinst er oppgitt, målt eller dokumentert.",
                "Prosjekter der minst én gevinst er dokumentert.",
            ),
            (
                "Projects whose owner is known.",
                "Projects whose supplier is known.",
                "Projects whose start or end is known.",
                "Projects whose grant is known.",
                "Projects with a known status beyond the award.",
                "Projects with at least one expected benefit described.",
                "Projects with at least one benefit reported, measured or documented.",
                "Projects with at least one documented benefit.",
            ),
            strict=True,
        )
    ),
    *(
        Figure(name, "project_coverage", name, nb, en, flag(name), total="projects")
        for name, nb, en in (
            (
                "is_coded_status",
                "Prosjekter som er kodet for hvor langt de er kommet.",
                "Projects coded for how far they have come.",
            ),
            (
                "is_coded_expected",
                "Prosjekter som er kodet for forventede gevinster.",
                "Projects coded for expected benefits.",
            ),
            (
                "is_coded_results",
                "Prosjekter som er kodet for oppnådde gevinster.",
                "Projects coded for benefits achieved.",
            ),
        )
    ),
    Figure(
        "only_expected_benefit",
        "project_coverage",
        "has_expected_benefit and not has_reported_benefit",
        "Prosjekter der gevinster bare er forventet, ikke oppgitt.",
        "Projects whose benefits are only expected, and none is reported.",
        lambda rules: nw.col("has_expected_benefit") & ~nw.col("has_reported_benefit"),
        total="projects",
    ),
)

_ROUNDS = (
    Figure("rounds", "round_overview", "all", "Runder som er kjent.", "Rounds known.", every_row),
    Figure(
        "rounds_without_applicants",
        "round_overview",
        "applicant_count is null",
        "Runder der ingen kilde sier hvor mange som søkte.",
        "Rounds for which no source says how many applied.",
        lambda rules: nw.col("applicant_count").is_null(),
        total="rounds",
    ),
    Figure(
        "rounds_with_applicants",
        "round_overview",
        "applicant_count is not null",
        "Runder der en kilde sier hvor mange som søkte.",
        "Rounds for which a source says how many applied.",
        lambda rules: ~nw.col("applicant_count").is_null(),
        total="rounds",
    ),
    Figure(
        "rounds_without_selected",
        "round_overview",
        "unnamed_count is null",
        "Runder der ingen kilde sier hvor mange som ble valgt.",
        "Rounds for which no source says how many were selected.",
        lambda rules: nw.col("unnamed_count").is_null(),
        total="rounds",
    ),
    Figure(
        "unnamed_projects",
        "round_overview",
        "sum(unnamed_count)",
        "Valgte prosjekter som ingen kilde navngir, i runder der antall valgte er kjent.",
        "Selected projects that no source names, in rounds where the number selected is known.",
        column="unnamed_count",
        take="sum",
    ),
    Figure(
        "figures_compared",
        "reconciliation",
        "result_code <> unknown",
        "Tall fra kilder som er sammenlignet med registeret.",
        "Figures of sources that are compared with the registry.",
        lambda rules: nw.col("result_code") != "unknown",
    ),
    Figure(
        "figures_agreeing",
        "reconciliation",
        "result_code = agrees",
        "Av dem: tall som stemmer.",
        "Of them: figures that agree.",
        lambda rules: nw.col("result_code") == "agrees",
        total="figures_compared",
    ),
)

_ORGANISATIONS = tuple(
    Figure(
        figure_id,
        "organisation_outcomes",
        f"role_group = {group}",
        nb,
        en,
        _role(group),
        total=None if group == ALL_ROLES else "organisations",
    )
    for figure_id, group, nb, en in (
        (
            "organisations",
            ALL_ROLES,
            "Virksomheter som er med i et prosjekt.",
            "Organisations that take part in a project.",
        ),
        (
            "organisations_owning",
            OWNER_GROUP,
            "Virksomheter som eier eller er deleier i et prosjekt.",
            "Organisations that own or co-own a project.",
        ),
        (
            "organisations_partnering",
            PARTNER,
            "Virksomheter som er samarbeidspart i et prosjekt.",
            "Organisations that are a partner in a project.",
        ),
        (
            "organisations_supplying",
            SUPPLIER,
            "Virksomheter som er leverandør til et prosjekt.",
            "Organisations that supply to a project.",
        ),
    )
)

_MODELS = (
    Figure(
        "associations",
        "driver_association",
        "all",
        "Sammenhenger det er regnet på.",
        "Associations that were computed.",
        every_row,
    ),
    Figure(
        "associations_shown",
        "driver_association",
        "is_shown",
        "Av dem: sammenhenger som vises.",
        "Of them: associations that are shown.",
        flag("is_shown"),
        total="associations",
    ),
    Figure(
        "agreements",
        "coder_agreement",
        "all",
        "Drivere der samsvaret mellom vurderinger skal regnes ut.",
        "Drivers for which agreement between ratings is to be computed.",
        every_row,
    ),
    Figure(
        "agreements_known",
        "coder_agreement",
        "alpha is not null",
        "Av dem: drivere der samsvaret er kjent.",
        "Of them: drivers for which agreement is known.",
        lambda rules: ~nw.col("alpha").is_null(),
        total="agreements",
    ),
    Figure(
        "use_events",
        "time_to_use",
        "sum(event_count)",
        "Prosjekter som ble tatt i bruk mens de ble fulgt.",
        "Projects that came into use while they were followed.",
        column="event_count",
        take="sum",
    ),
    Figure(
        "projects_followed",
        "time_to_use",
        "max(at_risk_count)",
        "Prosjekter som er fulgt fra tildelingen.",
        "Projects followed from the award.",
        column="at_risk_count",
        take="max",
    ),
    Figure(
        "priced_projects",
        "priced_effects",
        "distinct(project_id)",
        "Prosjekter med virkninger i kroner.",
        "Projects with effects in kroner.",
        column="project_id",
        take="distinct",
    ),
)

FIGURES: tuple[Figure, ...] = (
    *STATUSES,
    *MOVEMENT,
    *_COVERAGE,
    *_ROUNDS,
    *_ORGANISATIONS,
    *DOCUMENTS,
    *FOLLOW_UP,
    *_MODELS,
)
"""All of them; a figure stands after the one that is its whole."""
