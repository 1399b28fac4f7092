"""The scheme as a whole: money in kroner of one year, who delivers and who owns, disagreements, and headline numbers.

Belongs here: counts and sums over rounds, participations, relations and findings, one edition year at a time.
Does not belong here: the choice among figures that sources state about a round (`rounds.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.contracts.vocabulary import (
    ABSENCE,
    AWARD,
    FRAME,
    GIVEN_AMOUNTS,
    OUTCOME_UNKNOWN,
    OWNER_ROLES,
    PLACE_NOT_STATED,
    SUPPLIER_PLACES,
)
from gevinst.method.as_of import every_edition_of, known_in_editions, with_known_on
from gevinst.method.counting import counted, different, distinct, per_edition
from gevinst.method.frames import Rules, Tables
from gevinst.method.prices import newest_price_years, to_real
from gevinst.method.shares import share_pct

ALL = "all"
"""The value in a column of groups that means all of them together."""
_ONWARD = ("continued_in", "predecessor")
"""Relations that say a project builds on another, or that other work has taken over."""
_COUNT = "count"
"""What a figure that is no amount is compared as."""
_SEAT = ["edition_year", "project_id"]


def in_fixed_kroner(frame: nw.LazyFrame[Any], kpi: nw.LazyFrame[Any], amount: str) -> nw.LazyFrame[Any]:
    """`frame` with `fixed_amount`: its column `amount` in kroner of `price_year`, the newest before the edition year.

    Amounts are taken to be in kroner of their `cohort_year`, the year of the award: no source says which later year an
    amount was spent in. Null when the amount is unknown or either year has no index by then; `price_year` is null
    without any index. Raises `MixedBasesError` as `gevinst.method.prices.price_index` does.
    """
    years = newest_price_years(different(frame, "edition_year"), kpi)
    placed = frame.join(years, on="edition_year", how="left")
    # An index of a later year than the newest known by then would be knowledge from the future.
    is_indexed = nw.col("cohort_year") <= nw.col("to_price_year")
    priced = placed.with_columns(fixed_amount=nw.when(is_indexed).then(nw.col(amount)))
    return to_real(priced, kpi, ["fixed_amount"], price_year="cohort_year").rename({"to_price_year": "price_year"})


def round_amounts(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and round: its amount in current and in constant prices; contract `round_amounts`.

    Only funding awarded is compared between rounds: amounts of different kinds never are.
    """
    fixed = in_fixed_kroner(tables["round_overview"], tables["kpi"], "amount")
    awarded = nw.when(nw.col("amount_kind_code") == AWARD).then(nw.col("fixed_amount"))
    marked = fixed.with_columns(_awarded=awarded).with_columns(_most=nw.col("_awarded").max().over("edition_year"))
    return marked.with_columns(is_highest_award=(nw.col("_awarded") == nw.col("_most")).fill_null(False))


def grant_amounts(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and project whose grant a source states; contract `grant_amounts`."""
    grants = with_known_on(
        tables["project_grants"].select("project_id", "grant_amount", "source_id", "source_locator"), tables["sources"]
    )
    cohorts = tables["project_status"].select(*_SEAT, "cohort_year")
    known = known_in_editions(grants, tables).join(cohorts, on=_SEAT, how="inner")
    return in_fixed_kroner(known, tables["kpi"], "grant_amount")


def supplier_deliveries(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and supplier: projects delivered to; contract `supplier_deliveries`."""
    delivered = counted(
        _participations(tables).filter(nw.col("role_code") == "supplier"),
        (*_SEAT, "organisation_id"),
        _disputed=nw.col("is_disputed"),
    )
    counts = counted(
        delivered,
        ("edition_year", "organisation_id"),
        project_count=~nw.col("project_id").is_null(),
        disputed_count=nw.col("_disputed") > 0,
    )
    return counts.with_columns(is_most=nw.col("project_count") == nw.col("project_count").max().over("edition_year"))


def supplier_cohorts(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, cohort and supplier: deliveries by the supplier's place; contract `supplier_cohorts`.

    A consortium has a lead and members, so one project can count under several suppliers of a cohort.
    """
    rows = _participations(tables, "supplier_role_code").filter(nw.col("role_code") == "supplier")
    cohorts = tables["project_status"].select(*_SEAT, "cohort_year")
    # A participation without a place is as little stated as one that says so.
    place = nw.col("supplier_role_code").fill_null(PLACE_NOT_STATED)
    delivered = counted(
        rows.with_columns(_place=place).join(cohorts, on=_SEAT, how="inner"),
        (*_SEAT, "cohort_year", "organisation_id"),
        **{f"_{code}": nw.col("_place") == code for code in SUPPLIER_PLACES},
    )
    return counted(
        delivered,
        ("edition_year", "cohort_year", "organisation_id"),
        project_count=~nw.col("project_id").is_null(),
        **{f"{code}_count": nw.col(f"_{code}") > 0 for code in SUPPLIER_PLACES},
    )


def owner_groups(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, policy area and level of government that occurs; contract `owner_groups`.

    Projects are counted once in each level that an owner or co-owner has, so that levels add up to more than all;
    `all` means every area or every level together.
    """
    sectors = tables["projects"].select("project_id", sector="sector_code")
    projects = tables["project_status"].select(*_SEAT).join(sectors, on="project_id", how="left")
    levels = tables["organisations"].select("organisation_id", owner_level="level_code")
    owners = _participations(tables).filter(nw.col("role_code").is_in(OWNER_ROLES))
    owned = (
        different(owners.join(levels, on="organisation_id", how="inner"), *_SEAT, "owner_level")
        .join(sectors, on="project_id", how="left")
        .select(*_SEAT, "sector", "owner_level")
    )
    every_level = projects.select(*_SEAT, "sector", owner_level=nw.lit(ALL))
    placed = nw.concat([owned, every_level], how="vertical").filter(~nw.col("owner_level").is_null())
    together = placed.select(*_SEAT, "owner_level", sector=nw.lit(ALL)).select(*_SEAT, "sector", "owner_level")
    rows = nw.concat([placed.filter(~nw.col("sector").is_null()), together], how="vertical")
    counts = rows.group_by("edition_year", "sector", "owner_level").agg(project_count=nw.len().cast(nw.Int64))
    # The level with most projects is sought among real levels over all areas, never among the rows of totals.
    is_level = (nw.col("sector") == ALL) & (nw.col("owner_level") != ALL)
    marked = counts.with_columns(_level=nw.when(is_level).then(nw.col("project_count"))).with_columns(
        _most=nw.col("_level").max().over("edition_year")
    )
    return marked.with_columns(is_most=(nw.col("_level") == nw.col("_most")).fill_null(False))


def round_disagreements(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and figure about a round that sources state differently; contract
    `round_disagreements`.

    Figures of the same round, measure and kind of amount; an award and a frame count as one kind, since both are stated
    as what the round gave.
    """
    figures = with_known_on(
        tables["round_figures"].select(
            "round_figure_id",
            "round_id",
            "measure_code",
            "amount_kind_code",
            "value",
            "is_preferred",
            "source_id",
            "source_locator",
        ),
        tables["sources"],
    )
    kind = nw.col("amount_kind_code").fill_null(_COUNT)
    known = every_edition_of(figures, tables["edition_years"]).with_columns(
        compared_as=nw.when(kind.is_in(GIVEN_AMOUNTS)).then(nw.lit(AWARD)).otherwise(kind)
    )
    same = ("edition_year", "round_id", "measure_code", "compared_as")
    spread = known.with_columns(_low=nw.col("value").min().over(*same), _high=nw.col("value").max().over(*same))
    return spread.filter(nw.col("_low") != nw.col("_high"))


def finding_sources(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and document that states findings about the scheme; contract `finding_sources`.

    A publisher that is a supplier of the scheme under the same name has delivered to the projects that it writes of.
    """
    stated = with_known_on(tables["portfolio_findings"].select("source_id", "finding_kind_code"), tables["sources"])
    known = every_edition_of(stated, tables["edition_years"])
    counts = counted(known, ("edition_year", "source_id"), finding_count=nw.col("finding_kind_code") != ABSENCE)
    publishers = tables["sources"].select("source_id", "publisher")
    suppliers = tables["organisations"].select("organisation_id", publisher="name")
    delivered = tables["supplier_deliveries"].select(
        "edition_year", "organisation_id", delivered_project_count="project_count"
    )
    written = delivered.join(suppliers, on="organisation_id", how="inner")
    placed = counts.join(publishers, on="source_id", how="left")
    return placed.join(written, on=["edition_year", "publisher"], how="left").with_columns(
        delivered_project_count=nw.col("delivered_project_count").fill_null(0)
    )


def cohort_actors(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year and cohort: from how few to how many take part; contract `cohort_actors`."""
    actors = tables["driver_table"].select(*_SEAT, "actor_count")
    placed = tables["project_status"].select(*_SEAT, "cohort_year").join(actors, on=_SEAT, how="inner")
    return placed.group_by("edition_year", "cohort_year").agg(
        project_count=nw.len().cast(nw.Int64),
        fewest_actor_count=nw.col("actor_count").min(),
        most_actor_count=nw.col("actor_count").max(),
    )


def round_outcomes(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, round and outcome, also where no project has it; contract `round_outcomes`.

    An outcome that nobody knows does not grow old, so none of these is counted as an old statement.
    """
    key = ("edition_year", "round_id", "outcome_code")
    is_old = nw.col("is_stale") & (nw.col("outcome_code") != OUTCOME_UNKNOWN)
    counts = counted(tables["project_status"], key, project_count=~nw.col("project_id").is_null(), stale_count=is_old)
    codes = tables["codelists"].filter(nw.col("codelist") == "outcome").select(outcome_code="code")
    wanted = tables["round_overview"].select("edition_year", "round_id").join(codes, how="cross")
    joined = wanted.join(counts, on=list(key), how="left")
    return joined.with_columns(nw.col("project_count").fill_null(0), nw.col("stale_count").fill_null(0))


def scheme_headlines(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year: what the page about the scheme says in its headings; contract `scheme_headlines`.

    The share selected is of the rounds in which applicants and selected are both known. Awards are summed in kroner of
    one year and never with amounts of other kinds. Sums and shares of nothing are null.
    """
    unknown = (
        "applicant_count",
        "selected_count",
        "accepted_pct",
        "awarded_fixed_amount",
        "awarded_amount",
        "frame_amount",
        "follow_on_amount",
        "price_year",
        "most_delivery_count",
        "most_actor_count",
        "granted_amount",
    )
    return per_edition(
        tables["edition_years"],
        distinct(tables["project_status"], "project_id", "project_count"),
        _rounds(tables),
        _money(tables),
        _taking_part(tables),
        _onward(tables),
        _actors(tables),
        _findings(tables),
        counted(tables["grant_amounts"], granted_project_count=~nw.col("project_id").is_null()),
        tables["grant_amounts"].group_by("edition_year").agg(granted_amount=nw.col("grant_amount").sum()),
        unknown=unknown,
    )


def _rounds(tables: Tables) -> nw.LazyFrame[Any]:
    has_applicants, has_selected = (~nw.col(f"{name}_count").is_null() for name in ("applicant", "selected"))
    has_both = has_applicants & has_selected
    overview = tables["round_overview"].with_columns(
        _applicants=nw.when(has_both).then(nw.col("applicant_count")),
        _selected=nw.when(has_both).then(nw.col("selected_count")),
        _inferred=nw.when(nw.col("selected_basis_code") == "inferred").then(nw.col("selected_count")),
    )
    counts = counted(
        overview,
        round_count=~nw.col("round_id").is_null(),
        applicant_round_count=has_applicants,
        selected_round_count=has_selected,
        compared_round_count=has_both,
    )
    sums = overview.group_by("edition_year").agg(
        applicant_count=nw.col("applicant_count").sum().cast(nw.Int64),
        selected_count=nw.col("selected_count").sum().cast(nw.Int64),
        inferred_selected_count=nw.col("_inferred").sum().cast(nw.Int64),
        compared_applicant_count=nw.col("_applicants").sum().cast(nw.Int64),
        compared_selected_count=nw.col("_selected").sum().cast(nw.Int64),
    )
    joined = counts.join(sums, on="edition_year", how="left").with_columns(
        applicant_count=nw.when(nw.col("applicant_round_count") > 0).then(nw.col("applicant_count")),
        selected_count=nw.when(nw.col("selected_round_count") > 0).then(nw.col("selected_count")),
        inferred_selected_count=nw.col("inferred_selected_count").fill_null(0),
        unknown_applicant_round_count=nw.col("round_count") - nw.col("applicant_round_count"),
        unknown_selected_round_count=nw.col("round_count") - nw.col("selected_round_count"),
    )
    return joined.with_columns(accepted_pct=share_pct("compared_selected_count", "compared_applicant_count"))


def _money(tables: Tables) -> nw.LazyFrame[Any]:
    is_award = (nw.col("amount_kind_code") == AWARD) & ~nw.col("fixed_amount").is_null()
    is_stated, is_frame = nw.col("amount_kind_code") == AWARD, nw.col("amount_kind_code") == FRAME
    amounts = tables["round_amounts"].with_columns(
        _awarded=nw.when(is_award).then(nw.col("fixed_amount")),
        _stated=nw.when(is_stated).then(nw.col("amount")),
        _frame=nw.when(is_frame).then(nw.col("amount")),
    )
    counts = counted(
        amounts,
        awarded_round_count=is_award,
        stated_award_round_count=is_stated,
        frame_round_count=is_frame,
        other_amount_round_count=nw.col("amount_kind_code") != AWARD,
        known_amount_round_count=~nw.col("amount").is_null(),
        unknown_amount_round_count=nw.col("amount").is_null(),
    )
    sums = amounts.group_by("edition_year").agg(
        awarded_fixed_amount=nw.col("_awarded").sum(),
        awarded_amount=nw.col("_stated").sum(),
        frame_amount=nw.col("_frame").sum(),
        price_year=nw.col("price_year").max(),
    )
    # A sum of nothing is unknown, and never 0 kroner.
    return counts.join(sums, on="edition_year", how="left").with_columns(
        awarded_fixed_amount=nw.when(nw.col("awarded_round_count") > 0).then(nw.col("awarded_fixed_amount")),
        awarded_amount=nw.when(nw.col("stated_award_round_count") > 0).then(nw.col("awarded_amount")),
        frame_amount=nw.when(nw.col("frame_round_count") > 0).then(nw.col("frame_amount")),
    )


def _participations(tables: Tables, *more: str) -> nw.LazyFrame[Any]:
    """Who takes part in which role, in every edition that knows it and the project; with `more` columns."""
    rows = tables["participations"].select(
        "project_id", "organisation_id", "role_code", "is_disputed", "source_id", *more
    )
    return known_in_editions(with_known_on(rows, tables["sources"]), tables)


def _taking_part(tables: Tables) -> nw.LazyFrame[Any]:
    rows = _participations(tables)
    is_supplier = nw.col("role_code") == "supplier"
    deliveries = tables["supplier_deliveries"]
    most = deliveries.group_by("edition_year").agg(most_delivery_count=nw.col("project_count").max())
    return per_edition(
        tables["edition_years"],
        distinct(rows.filter(~is_supplier), "organisation_id", "organisation_count"),
        distinct(rows.filter(is_supplier), "project_id", "served_project_count"),
        counted(
            deliveries,
            supplier_count=~nw.col("organisation_id").is_null(),
            repeat_supplier_count=nw.col("project_count") > 1,
            most_delivery_supplier_count=nw.col("is_most"),
        ),
        most,
        unknown=("most_delivery_count",),
    )


def _onward(tables: Tables) -> nw.LazyFrame[Any]:
    relations = tables["project_relations"].filter(nw.col("relation_code").is_in(_ONWARD))
    known = known_in_editions(with_known_on(relations.select("project_id", "source_id"), tables["sources"]), tables)
    grants = tables["follow_on_funding"].select("project_id", "amount", "source_id")
    funding = known_in_editions(with_known_on(grants, tables["sources"]), tables)
    stated = funding.filter(~nw.col("amount").is_null())
    return per_edition(
        tables["edition_years"],
        distinct(known, "project_id", "onward_project_count"),
        counted(tables["project_status"], spread_project_count=nw.col("current_status_code") == "spredt"),
        counted(
            funding,
            follow_on_count=~nw.col("project_id").is_null(),
            follow_on_unknown_count=nw.col("amount").is_null(),
        ),
        distinct(stated, "project_id", "follow_on_project_count"),
        stated.group_by("edition_year").agg(follow_on_amount=nw.col("amount").sum()),
        unknown=("follow_on_amount",),
    )


def _actors(tables: Tables) -> nw.LazyFrame[Any]:
    actors = nw.col("actor_count")
    most = tables["driver_table"].group_by("edition_year").agg(most_actor_count=actors.max())
    counts = counted(
        tables["driver_table"], known_actor_project_count=~actors.is_null(), one_actor_project_count=actors == 1
    )
    return counts.join(most, on="edition_year", how="left")


def _findings(tables: Tables) -> nw.LazyFrame[Any]:
    stated = tables["portfolio_findings"].filter(nw.col("finding_kind_code") != ABSENCE)
    known = every_edition_of(with_known_on(stated.select("source_id"), tables["sources"]), tables["edition_years"])
    groups = different(tables["round_disagreements"], "edition_year", "round_id", "measure_code", "compared_as")
    return per_edition(
        tables["edition_years"],
        counted(known, finding_count=~nw.col("source_id").is_null()),
        distinct(known, "source_id", "finding_source_count"),
        counted(groups, disagreement_count=~nw.col("round_id").is_null()),
    )
