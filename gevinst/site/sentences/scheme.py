"""Sentences about the scheme as a whole: rounds, money, those who take part, and what others have said.

Belongs here: pure functions from a row of `scheme_headlines` (and rows of marts about the scheme) to sentences.
Does not belong here: the wording (``texts/scheme.toml``), sentences of other pages (`sentences.py`) and any counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gevinst.language.phrases import capital, part_of, rounds_named
from gevinst.language.texts import Catalogue, entries

Facts = Mapping[str, Any]


def scheme_lead(counts: Facts, catalogue: Catalogue) -> str:
    """What was granted in all, what others added, the share selected, and who took part.

    Without a round of which both applicants and selected are known, only the rounds are counted.
    """
    rounds = accepted(counts, catalogue) or catalogue.t("scheme.rounds", n=counts["round_count"])
    suppliers = catalogue.t("scheme.suppliers_word", n=counts["supplier_count"])
    took_part = catalogue.t("scheme.took_part", n=counts["organisation_count"], suppliers=suppliers)
    said = (granted(counts, catalogue), followed(counts, catalogue), rounds, took_part)
    return " ".join(sentence for sentence in said if sentence)


def granted(counts: Facts, catalogue: Catalogue) -> str | None:
    """What the scheme has granted in all; frames are another kind of amount, and are never added to it."""
    parts = [
        catalogue.t(key, n=counts[rounds], amount=catalogue.number.million(counts[amount]))
        for key, rounds, amount in (
            ("scheme.granted", "stated_award_round_count", "awarded_amount"),
            ("scheme.framed", "frame_round_count", "frame_amount"),
        )
        if counts[amount] is not None
    ]
    unknown = counts["unknown_amount_round_count"]
    if parts and unknown:
        parts.append(catalogue.t("scheme.amount_unknown_for", n=unknown))
    return " ".join(parts) or None


def followed(counts: Facts, catalogue: Catalogue) -> str | None:
    """What others have granted for work that builds on projects, and that it is no benefit; `None` where none is known.

    Grants without a known amount are said to be left out.
    """
    if counts["follow_on_amount"] is None:
        return None
    amount = catalogue.number.million(counts["follow_on_amount"])
    sentence = catalogue.t("scheme.followed", n=counts["follow_on_project_count"], amount=amount)
    unknown = counts["follow_on_unknown_count"]
    return f"{sentence} {catalogue.t('scheme.followed_unknown', n=unknown)}" if unknown else sentence


def accepted(counts: Facts, catalogue: Catalogue) -> str | None:
    """How many of the applicants were selected, in rounds where both are known; `None` where there is none."""
    if counts["accepted_pct"] is None:
        return None
    return catalogue.t(
        "scheme.accepted",
        n=counts["compared_round_count"],
        selected=counts["compared_selected_count"],
        applicants=counts["compared_applicant_count"],
        share=counts["accepted_pct"],
    )


def onward_heading(counts: Facts, catalogue: Catalogue) -> str:
    """How many projects build on another or are continued, and how many have spread to others."""
    return catalogue.t(
        "sentences.two_clauses",
        first=catalogue.t("scheme.onward", n=counts["onward_project_count"]),
        second=catalogue.t("scheme.spread", n=counts["spread_project_count"]),
    )


def money_heading(counts: Facts, amounts: Sequence[Facts], names: Mapping[str, str], catalogue: Catalogue) -> str:
    """The finding above the amounts: which round was awarded most in fixed kroner, and of how many only else is known.

    `amounts` are rows of `round_amounts`, oldest first; only funding awarded is compared.
    """
    top = [row for row in amounts if row["is_highest_award"]]
    if not top:
        key = "scheme.no_awards" if counts["known_amount_round_count"] else "scheme.no_amounts"
        return catalogue.t(key, n=counts["round_count"])
    most = catalogue.t(
        "scheme.most_awarded",
        n=len(top),
        rounds=capital(rounds_named(catalogue, [names[row["round_id"]] for row in top])),
        amount=catalogue.number.million(top[0]["fixed_amount"]),
        price_year=top[0]["price_year"],
    )
    gaps = [
        catalogue.t(key, n=counts[name])
        for key, name in (
            ("scheme.only_frame", "other_amount_round_count"),
            ("scheme.amount_unknown", "unknown_amount_round_count"),
        )
        if counts[name]
    ]
    return catalogue.t("scheme.with_gaps", most=most, gaps=catalogue.join(gaps)) if gaps else most


def independence(row: Facts, document: Facts, catalogue: Catalogue) -> str:
    """That who wrote a document about the scheme is a supplier in it; `row` is of `finding_sources`."""
    return catalogue.t(
        "scheme.independence",
        n=row["delivered_project_count"],
        publisher=document["publisher"],
        title=document["title"],
    )


def partners_heading(counts: Facts, catalogue: Catalogue) -> str:
    """The finding above actors per project: how many have only one that is known, and the most that any has."""
    known, alone = counts["known_actor_project_count"], counts["one_actor_project_count"]
    if not known:
        return catalogue.t("scheme.no_actors", n=counts["project_count"])
    sentence = capital(catalogue.t("scheme.one_actor", n=alone, who=part_of(catalogue, alone, known)))
    if alone == known:  # the most of what all have one of is no finding
        return sentence
    return catalogue.t("scheme.most_actors", n=counts["most_actor_count"], sentence=sentence)


def suppliers_heading(counts: Facts, catalogue: Catalogue) -> str:
    """How concentrated deliveries are: suppliers with more than one project, and the most that one has."""
    if not counts["supplier_count"]:
        return catalogue.t("scheme.no_suppliers")
    sentence = catalogue.t(
        "scheme.suppliers_several", n=counts["repeat_supplier_count"], total=counts["supplier_count"]
    )
    if counts["most_delivery_count"] == 1:
        return sentence
    return catalogue.t(
        "scheme.suppliers_most",
        n=counts["most_delivery_supplier_count"],
        sentence=sentence,
        most=counts["most_delivery_count"],
        projects=counts["served_project_count"],
    )


def owners_heading(groups: Sequence[Facts], levels: Mapping[str, str], total: int, catalogue: Catalogue) -> str:
    """Which level of government owns most projects; `groups` are rows of `owner_groups`, `levels` names by code."""
    most = {row["owner_level"]: row["project_count"] for row in groups if row["is_most"]}
    names = [_owners(code, label, catalogue) for code, label in levels.items() if code in most]
    if not names:
        return catalogue.t("scheme.no_owners", n=total)
    count = next(iter(most.values()))
    return catalogue.t("scheme.most_owned", n=len(names), levels=catalogue.join(names), count=count, total=total)


def _owners(code: str, label: str, catalogue: Catalogue) -> str:
    """Owners of a level as a sentence has them; one that a scheme has added is called by its label."""
    key = f"scheme.owned_by_{code}"
    return catalogue.t(key) if key in entries() else catalogue.t("scheme.owned_by_others", label=label)


def grants_heading(counts: Facts, catalogue: Catalogue) -> str:
    """Of how many projects the grant is known."""
    known = counts["granted_project_count"]
    return capital(catalogue.t("scheme.grants", n=known, who=part_of(catalogue, known, counts["project_count"])))
