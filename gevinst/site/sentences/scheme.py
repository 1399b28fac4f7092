"""Sentences about the scheme as a whole: rounds, money, those who take part, and what others have said.

Belongs here: pure functions from frames and counts to sentences.
Does not belong here: the wording (``texts/scheme.toml``) and sentences of other pages (`sentences.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from gevinst.language.phrases import capital, part_of
from gevinst.language.texts import Catalogue


def scheme_lead(
    overview: pl.DataFrame, suppliers: int, others: int, onward: int, spread: int, catalogue: Catalogue
) -> str:
    """What is known in all, from rows of `round_overview`: the share selected, how many took part, and what goes on.

    The share is of rounds in which both applicants and selected are known; without any, only the rounds are counted.
    """
    told = []
    both = overview.drop_nulls(["applicant_count", "selected_count"])
    applicants = int(both["applicant_count"].sum())
    if applicants:
        selected = int(both["selected_count"].sum())
        share = 100 * selected / applicants
        told.append(
            catalogue.t("scheme.accepted", n=both.height, selected=selected, applicants=applicants, share=share)
        )
    else:
        told.append(catalogue.t("scheme.rounds", n=overview.height))
    told.append(catalogue.t("scheme.took_part", n=others, suppliers=catalogue.t("scheme.suppliers_word", n=suppliers)))
    told.append(f"{onward_heading(onward, spread, catalogue)}.")
    return " ".join(told)


def onward_heading(onward: int, spread: int, catalogue: Catalogue) -> str:
    """How many projects build on another or are continued, and how many have spread to others."""
    told = catalogue.t("scheme.onward", n=onward)
    return catalogue.t("sentences.two_clauses", first=told, second=catalogue.t("scheme.spread", n=spread))


def money_heading(amounts: pl.DataFrame, names: Mapping[str, str], catalogue: Catalogue) -> str:
    """The finding above the amounts: which round was awarded most in fixed kroner, and of how many only else is known.

    `amounts` holds rows of `round_overview` with `fixed_nok` and `to_price_year`; only funding awarded is compared.
    """
    awarded = amounts.filter(pl.col("amount_kind_code") == "award").drop_nulls("fixed_nok")
    other = amounts.filter(pl.col("amount_kind_code") != "award").height
    unknown = amounts.filter(pl.col("amount_nok").is_null()).height
    gaps = [
        catalogue.t(key, n=count)
        for key, count in (("scheme.only_frame", other), ("scheme.amount_unknown", unknown))
        if count
    ]
    if awarded.is_empty():
        known = amounts.height - unknown
        return catalogue.t("scheme.no_awards" if known else "scheme.no_amounts", n=amounts.height)
    top = awarded.filter(pl.col("fixed_nok") == pl.col("fixed_nok").max()).sort("cohort_year", "round_id")
    most = catalogue.t(
        "scheme.most_awarded",
        n=top.height,
        rounds=catalogue.join([names[round_id] for round_id in top["round_id"]]),
        amount=catalogue.number.million_nok(top["fixed_nok"][0]),
        price_year=int(top["to_price_year"][0]),
    )
    if not gaps:
        return most
    return catalogue.t("scheme.with_gaps", most=most, gaps=catalogue.join(gaps))


def partners_heading(actors: Sequence[int | None], catalogue: Catalogue) -> str:
    """The finding above actors per project: how many have only one that is known, and the most that any has."""
    known = [count for count in actors if count is not None]
    if not known:
        return catalogue.t("scheme.no_actors", n=len(actors))
    alone = known.count(1)
    told = capital(catalogue.t("scheme.one_actor", n=alone, who=part_of(catalogue, alone, len(known))))
    return catalogue.t("scheme.most_actors", n=max(known), told=told)


def suppliers_heading(per_supplier: Sequence[int], projects: int, catalogue: Catalogue) -> str:
    """How concentrated deliveries are: suppliers with more than one project, and the most that one has.

    `per_supplier` is the number of projects of each supplier, `projects` how many projects have a known supplier.
    """
    if not per_supplier:
        return catalogue.t("scheme.no_suppliers")
    several = sum(count > 1 for count in per_supplier)
    most, holders = max(per_supplier), list(per_supplier).count(max(per_supplier))
    told = catalogue.t("scheme.suppliers_several", n=several, total=len(per_supplier))
    if most == 1:
        return told
    return catalogue.t("scheme.suppliers_most", n=holders, told=told, most=most, projects=projects)


def owners_heading(projects_by_level: Mapping[str, int], total: int, catalogue: Catalogue) -> str:
    """Which level of government owns most projects; `projects_by_level` by the name of the level."""
    known = {level: count for level, count in projects_by_level.items() if count}
    if not known:
        return catalogue.t("scheme.no_owners", n=total)
    most = max(known.values())
    levels = [level[:1].lower() + level[1:] for level, count in known.items() if count == most]
    return catalogue.t("scheme.most_owned", n=len(levels), levels=catalogue.join(levels), count=most, total=total)


def grants_heading(known: int, total: int, catalogue: Catalogue) -> str:
    """Of how many projects the grant is known."""
    return capital(catalogue.t("scheme.grants", n=known, who=part_of(catalogue, known, total)))
