"""Rules that keep potential, goal, reported and documented apart, and what is not a benefit out of the benefits.

Belongs here: rules across claims, status, figures and disagreements.
Does not belong here: rules across the tables of benefits (`benefits.py`), about when things became known (`dates.py`)
and about marts (`editions.py`).
"""

from __future__ import annotations

import polars as pl

from gevinst.contracts.vocabulary import ACHIEVED, DEVELOPED, IN_USE, PARTLY_IN_USE, TRIED_OUT, Severity
from gevinst.method.benefit_value_checks import check_benefit_values
from gevinst.method.frames import lazy
from gevinst.quality.invariants.model import Invariant, Outcome, Tables, invariant
from gevinst.quality.model import Owner

_LAST_DESIGN_STEP = 2
"""«Løsning utviklet»: up to here nothing has been tried out (code list `status`)."""
_STATED_AS_IN_USE, _ONLY_SELECTED = "A", "C"
"""Codes of the list `public_evidence_group`."""
_SMALLEST_DISTINCTIVE_FIGURE = 10
"""Smaller numbers occur in any text: «to av tre kommuner» would match a reach of 2 or 3."""


@invariant(
    "benefit_claims",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefit_claims", "status_assessments", "sources", "codelists"),
    nb="Når et prosjekt ennå ikke har prøvd ut noe, står en oppnådd gevinst i en datert kilde. Uten dato kan ingen se "
    "om utsagnet er nyere enn statusen.",
    en="When a project has not yet tried anything out, an achieved benefit has a dated source. Without a date nobody "
    "can see whether the claim is newer than the status.",
    column="source_id",
)
def early_benefits_are_dated(tables: Tables) -> Outcome:
    """An undated page that presents gains as achieved, in a project that only has insight."""
    ranks = tables["codelists"].filter(pl.col("codelist") == "status").select(status_code="code", step="rank")
    steps = _newest_assessments(tables).join(ranks, on="status_code").group_by("project_id").agg(pl.col("step").max())
    # The highest step where newest statements of one date differ: the claim gets the benefit of the doubt.
    early = steps.filter(pl.col("step") <= _LAST_DESIGN_STEP)
    claims = tables["benefit_claims"].filter(pl.col("evidence_code").is_in(ACHIEVED)).join(early, on="project_id")
    undated = tables["sources"].filter(pl.col("published_on").is_null()).select("source_id")
    return Outcome([claims], [claims.join(undated, on="source_id").select("benefit_claim_id")])


def _newest_assessments(tables: Tables) -> pl.LazyFrame:
    """The status rows of each project about its latest date."""
    rows = tables["status_assessments"]
    return rows.filter(pl.col("assessed_on") == pl.col("assessed_on").max().over("project_id"))


@invariant(
    "benefit_claims",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_claims", "follow_on_funding", "context_figures"),
    nb="Ingen utsagn om gevinster inneholder et beløp eller tall som er ført som videre finansiering, utbredelse eller "
    "grunnlag for samme prosjekt. Slike tall er ikke gevinster.",
    en="No claim about a benefit holds an amount or figure that is entered as follow-on funding, reach or base volume "
    "of the same project. Such figures are not benefits.",
    column="statement_nb",
)
def benefits_are_not_other_figures(tables: Tables) -> Outcome:
    """15 million in co-financing or 18,000 documents presented as what the project achieved."""
    claims = tables["benefit_claims"]
    figures = pl.concat(
        [
            tables["follow_on_funding"].select("project_id", figure="amount"),
            tables["context_figures"].select("project_id", figure="value"),
        ]
    ).filter(pl.col("figure") >= _SMALLEST_DISTINCTIVE_FIGURE)
    repeated = _numbers_in(claims).join(
        figures, left_on=["project_id", "number"], right_on=["project_id", "figure"], how="semi"
    )
    return Outcome([claims], [repeated.select("benefit_claim_id")])


def _numbers_in(claims: pl.LazyFrame) -> pl.LazyFrame:
    """`benefit_claim_id`, `project_id` and each number in the Norwegian text; «15 millioner» is 15 000 000."""
    joined = pl.col("statement_nb")
    for _ in range(2):  # a run of groups of three shares digits between matches, so once is not enough
        joined = joined.str.replace_all("(\\d)[ .\u00a0\u202f](\\d{3})\\b", "$1$2")
    millions = joined.str.extract_all(r"\d+(,\d+)? mill").list.eval(
        pl.element().str.replace(" mill", "").str.replace(",", ".").cast(pl.Float64) * 1_000_000
    )
    plain = joined.str.extract_all(r"\d+(,\d+)?").list.eval(pl.element().str.replace(",", ".").cast(pl.Float64))
    numbers = claims.select("benefit_claim_id", "project_id", number=pl.concat_list(plain, millions))
    return numbers.explode("number").drop_nulls("number")


@invariant(
    "status_assessments",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("status_assessments",),
    nb="Den nyeste statusen til hvert prosjekt sier hva som samlet er kjent (gruppe A, B eller C), og bare ett av dem. "
    "Ellers faller prosjektet ut av tellingen.",
    en="The newest status of each project says what is known overall (group A, B or C), and only one of them. "
    "Otherwise the project drops out of the count.",
    column="public_evidence_group_code",
)
def newest_status_carries_evidence_group(tables: Tables) -> Outcome:
    """A new status row added without the group: one project fewer would be counted.

    Groups of older rows are kept: they record what was known then, and nothing entered is overwritten.
    """
    rows = tables["status_assessments"]
    projects = rows.select("project_id").unique()
    grouped = _newest_assessments(tables).drop_nulls("public_evidence_group_code")
    groups = grouped.group_by("project_id").agg(pl.col("public_evidence_group_code").n_unique().alias("groups"))
    wrong = projects.join(groups.filter(pl.col("groups") == 1), on="project_id", how="anti")
    return Outcome([projects], [wrong.select("project_id")])


@invariant(
    "status_assessments",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("status_assessments",),
    nb="Hva som samlet er kjent, passer til det nyeste trinnet: omtalt som i bruk når noe er tatt i bruk, og mer enn "
    "bare valgt når noe er utviklet eller prøvd. Ellers sier siden om prosjektet to ting.",
    en="What is known overall fits the newest step: stated as in use where something is in use, and more than only "
    "selected where something is developed or tried. Otherwise the page of the project says two things.",
    column="public_evidence_group_code",
)
def evidence_group_fits_step(tables: Tables) -> Outcome:
    """The step changed to in use in a row whose group was left as it stood before."""
    rows = _newest_assessments(tables).drop_nulls("public_evidence_group_code")
    group, step = pl.col("public_evidence_group_code"), pl.col("status_code")
    in_use = step.is_in([PARTLY_IN_USE, *IN_USE]) & (group != _STATED_AS_IN_USE)
    shown = step.is_in([DEVELOPED, TRIED_OUT]) & (group == _ONLY_SELECTED)
    return Outcome([rows], [rows.filter(in_use | shown).select("status_assessment_id")])


@invariant(
    "disagreements",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("disagreements",),
    nb="Hver uenighet har minst to sider som svarer ulikt på samme spørsmål. Ellers vises én kilde som om den var "
    "uenig med seg selv.",
    en="Every disagreement has at least two sides that answer the same question differently. Otherwise one source is "
    "shown as if it disagreed with itself.",
)
def disagreements_have_two_sides(tables: Tables) -> Outcome:
    """A side forgotten, filed under a mistyped id, or entered twice with the same position."""
    sides = (
        tables["disagreements"]
        .group_by("disagreement_id")
        .agg(pl.col("position_nb").n_unique().alias("positions"), pl.col("topic_nb").n_unique().alias("topics"))
    )
    wrong = sides.filter((pl.col("positions") < 2) | (pl.col("topics") > 1))
    return Outcome([sides], [wrong.select("disagreement_id")])


@invariant(
    "reconciliation_rules",
    Severity.CRITICAL,
    Owner.MAINTAINER,
    reads=("reconciliation_rules", "portfolio_findings"),
    nb="Funnene som en avstemming summerer, finnes. Mangler ett, blir summen for liten uten at noen ser det.",
    en="The findings that a reconciliation sums exist. When one is missing, the sum is too small and nobody sees it.",
)
def reconciliations_sum_known_findings(tables: Tables) -> Outcome:
    """A mistyped id in the list of findings: intake follows single references, not lists of them."""
    listed = (
        tables["reconciliation_rules"]
        .select("reconciliation_rule_id", portfolio_finding_id=pl.col("component_finding_ids").str.split(" "))
        .explode("portfolio_finding_id")
        .drop_nulls("portfolio_finding_id")
    )
    lost = listed.join(tables["portfolio_findings"], on="portfolio_finding_id", how="anti")
    return Outcome([listed], [lost.select("reconciliation_rule_id")])


@invariant(
    "benefit_categories",
    Severity.CRITICAL,
    Owner.MAINTAINER,
    reads=("benefit_categories", "benefits", "codelists"),
    nb="Hver slags gevinst hører til én kategori, og hver kategori til ett ledd i resultatkjeden. Ellers faller utsagn "
    "ut av tellingen, eller innsatsfaktorer blir lagt sammen med virkninger.",
    en="Every kind of benefit belongs to one category, and every category to one link in the chain of results. "
    "Otherwise claims drop out of the count, or input factors are added to effects.",
)
def benefits_have_a_category(tables: Tables) -> Outcome:
    """A new kind of benefit without a category, or a category that holds both knowledge and effects on users."""
    listed = tables["codelists"].filter(pl.col("codelist") == "benefit").select(benefit_code="code")
    used = pl.concat([listed, tables["benefits"].select("benefit_code")]).unique()
    categories = tables["benefit_categories"]
    without = used.join(categories, on="benefit_code", how="anti").select("benefit_code")
    # A category has exactly one link of the chain: two different pairs within it mean that two kinds were mixed.
    place = pl.struct("gain_nature_code", "is_gain").n_unique().over("benefit_category_code")
    mixed = categories.filter(place > 1).select("benefit_code")
    return Outcome([used], [without, mixed])


@invariant(
    "benefit_values",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_values", "kpi"),
    nb="Hvert prissatt anslag kan regnes med: lavt, midt og høyt i rekkefølge, varighet og andeler som er mulige, "
    "og prisår med indeks. Ellers blir nåverdien ukjent eller feil.",
    en="Every priced estimate can be computed with: low, mid and high in order, duration and shares within reason, "
    "and a price year with an index. Otherwise the present value is unknown or wrong.",
)
def priced_benefits_can_be_computed(tables: Tables) -> Outcome:
    """A low amount above the high one, a negative duration, or a price year that the index does not have."""
    values = tables["benefit_values"]
    found = check_benefit_values(lazy(values), lazy(tables["kpi"])).to_native()
    keys = found.select(pl.concat_str("row_id", "column_name", separator=".", ignore_nulls=True))
    return Outcome([values], [keys])


@invariant(
    "rating_decisions",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("rating_decisions", "driver_ratings"),
    nb="Hver avgjørelse gjelder et prosjekt som koderne vurderte ulikt. Ellers står en verdi ingen koder har gitt, "
    "i stedet for en de var enige om.",
    en="Every decision is about a project that the coders rated differently. Otherwise a value that no coder gave "
    "replaces one that they agreed on.",
    column="settled_rating",
)
def decisions_settle_disagreements(tables: Tables) -> Outcome:
    """A decision entered on the wrong project, or for a driver on which the coders agree."""
    unit = ["assessment_round_id", "project_id", "rated_driver_code"]
    decisions = tables["rating_decisions"]
    disputed = tables["driver_ratings"].group_by(unit).agg(pl.col("rating").n_unique()).filter(pl.col("rating") > 1)
    wrong = decisions.join(disputed, on=unit, how="anti")
    return Outcome([decisions], [wrong.select(pl.concat_str(unit, separator="/"))])


EVALUATION_INVARIANTS: tuple[Invariant, ...] = (
    early_benefits_are_dated,
    benefits_are_not_other_figures,
    newest_status_carries_evidence_group,
    evidence_group_fits_step,
    disagreements_have_two_sides,
    reconciliations_sum_known_findings,
    benefits_have_a_category,
    priced_benefits_can_be_computed,
    decisions_settle_disagreements,
)
