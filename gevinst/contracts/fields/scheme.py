"""Fields of the marts about the scheme as a whole: money, deliveries, owners, disagreements and headline numbers.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_scheme`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, count, flag, number, percent, text, with_basis

SCHEME = (
    number(
        "fixed_amount",
        "amount of one award, prices of price_year",
        "Beløpet i faste priser; tomt uten prisindeks.",
        "In constant prices; empty without an index.",
    ),
    flag("is_highest_award", "Ja for den høyeste tildelingen.", "True for the highest award."),
    count("disputed_count", "Av dem: kilder er uenige.", "Of these: sources disagree.", additivity=Additivity.NO),
    flag("is_most", "Ja når ingen har flere.", "True when no other has more."),
    text("sector", "Koden for politikkområdet, eller all.", "The code of the policy area, or all.", required=True),
    text("owner_level", "Koden for nivået, eller all.", "The code of the level, or all.", required=True),
    text(
        "compared_as",
        "Slaget beløp det sammenlignes som; count for antall.",
        "The kind of amount that it is compared as; count for what is no amount.",
        required=True,
    ),
    count(
        "fewest_actor_count",
        "Færrest virksomheter i et prosjekt.",
        "Fewest organisations in a project.",
        additivity=Additivity.NO,
    ),
    count(
        "most_actor_count",
        "Flest virksomheter i et prosjekt.",
        "Most organisations in a project.",
        additivity=Additivity.NO,
    ),
    count("stale_count", "Av dem: gammel opplysning.", "Of these: an old statement."),
    count("round_count", "Runder.", "Rounds.", additivity=Additivity.NO),
    count(
        "applicant_round_count",
        "Runder der antall søkere er kjent.",
        "Rounds with known applicants.",
        additivity=Additivity.NO,
    ),
    count(
        "unknown_applicant_round_count",
        "Runder der det er ukjent.",
        "Rounds where that is unknown.",
        additivity=Additivity.NO,
    ),
    count(
        "selected_round_count",
        "Runder der antall valgte er kjent.",
        "Rounds with known selected.",
        additivity=Additivity.NO,
    ),
    count(
        "unknown_selected_round_count",
        "Runder der det er ukjent.",
        "Rounds where that is unknown.",
        additivity=Additivity.NO,
    ),
    count(
        "inferred_selected_count",
        "Av dem: utledet, ikke oppgitt.",
        "Of these: inferred, not stated.",
        additivity=Additivity.NO,
    ),
    count("compared_round_count", "Runder der begge er kjent.", "Rounds with both known.", additivity=Additivity.NO),
    count(
        "compared_applicant_count", "Søkere i disse rundene.", "Applicants in these rounds.", additivity=Additivity.NO
    ),
    count("compared_selected_count", "Valgte i disse rundene.", "Selected in these rounds.", additivity=Additivity.NO),
    with_basis(percent("accepted_pct", "Andelen valgte.", "The share selected."), "compared_applicant_count"),
    count(
        "awarded_round_count",
        "Runder med kjent tildeling i faste priser.",
        "Rounds with a known award in constant prices.",
        additivity=Additivity.NO,
    ),
    with_basis(
        number(
            "awarded_fixed_amount",
            "amount, prices of price_year",
            "Sum av tildelingene; tom når ingen er kjent.",
            "Sum of the awards; empty when none is known.",
        ),
        "awarded_round_count",
    ),
    count(
        "stated_award_round_count",
        "Runder der tildelt støtte er oppgitt.",
        "Rounds with funding awarded stated.",
        additivity=Additivity.NO,
    ),
    with_basis(
        number(
            "awarded_amount",
            "amount, current prices",
            "Sum av tildelt støtte i løpende priser; tom når ingen er kjent.",
            "Sum of funding awarded in current prices; empty when none is known.",
        ),
        "stated_award_round_count",
    ),
    count(
        "frame_round_count",
        "Runder der bare en ramme er oppgitt.",
        "Rounds with only a frame stated.",
        additivity=Additivity.NO,
    ),
    with_basis(
        number(
            "frame_amount",
            "amount, current prices",
            "Sum av rammene; tom når ingen er kjent.",
            "Sum of the frames; empty when none is known.",
        ),
        "frame_round_count",
    ),
    count(
        "follow_on_unknown_count",
        "Tilsagn til videre arbeid uten kjent beløp.",
        "Grants for further work without a known amount.",
        additivity=Additivity.NO,
    ),
    count(
        "follow_on_project_count",
        "Prosjekter med et kjent beløp til videre arbeid.",
        "Projects with a known amount for further work.",
        additivity=Additivity.NO,
    ),
    with_basis(
        number(
            "follow_on_amount",
            "amount, current prices",
            "Sum av kjente beløp til videre arbeid; tom når ingen er kjent. Aldri en gevinst.",
            "Sum of known amounts for further work; empty when none is known. Never a benefit.",
        ),
        "follow_on_project_count",
    ),
    count(
        "delivered_project_count",
        "Prosjekter utgiveren har levert til.",
        "Projects that the publisher has delivered to.",
        additivity=Additivity.NO,
    ),
    count("lead_count", "Av dem: som hovedleverandør.", "Of these: as lead.", additivity=Additivity.NO),
    count(
        "consortium_member_count",
        "Av dem: i et samarbeid av leverandører.",
        "Of these: as member of a consortium.",
        additivity=Additivity.NO,
    ),
    count("sole_count", "Av dem: alene.", "Of these: alone.", additivity=Additivity.NO),
    count("sub_supplier_count", "Av dem: som underleverandør.", "Of these: as sub-supplier.", additivity=Additivity.NO),
    count(
        "not_stated_count",
        "Av dem: kilden sier ikke hvilken rolle.",
        "Of these: the source does not say in which role.",
        additivity=Additivity.NO,
    ),
    count(
        "other_amount_round_count",
        "Runder der bare et annet slags beløp er kjent.",
        "Rounds of which only another kind of amount is known.",
        additivity=Additivity.NO,
    ),
    count(
        "known_amount_round_count",
        "Runder med et kjent beløp.",
        "Rounds with a known amount.",
        additivity=Additivity.NO,
    ),
    count(
        "unknown_amount_round_count",
        "Runder uten kjent beløp.",
        "Rounds without a known amount.",
        additivity=Additivity.NO,
    ),
    count(
        "granted_project_count",
        "Prosjekter der støtten er kjent.",
        "Projects whose grant is known.",
        additivity=Additivity.NO,
    ),
    number(
        "granted_amount",
        "amount, current prices",
        "Sum av støtten til prosjektene der den er kjent; legges aldri til beløp for runder. Tom når ingen er kjent.",
        "Sum of the grants to the projects whose grant is known; never added to amounts of rounds. Empty when none is.",
        minimum=0,
    ),
    count(
        "organisation_count",
        "Virksomheter som deltar, uten leverandører.",
        "Organisations that take part, without suppliers.",
        additivity=Additivity.NO,
    ),
    count("supplier_count", "Leverandører.", "Suppliers.", additivity=Additivity.NO),
    count(
        "repeat_supplier_count",
        "Av dem: med mer enn ett prosjekt.",
        "Of these: with more than one project.",
        additivity=Additivity.NO,
    ),
    count(
        "most_delivery_count",
        "Flest prosjekter hos én leverandør.",
        "Most projects of one supplier.",
        additivity=Additivity.NO,
    ),
    count(
        "most_delivery_supplier_count",
        "Leverandører som har så mange.",
        "Suppliers that have so many.",
        additivity=Additivity.NO,
    ),
    count(
        "served_project_count",
        "Prosjekter med kjent leverandør.",
        "Projects with a known supplier.",
        additivity=Additivity.NO,
    ),
    count(
        "onward_project_count",
        "Prosjekter som bygger på et annet eller er ført videre.",
        "Projects that build on another or are continued.",
        additivity=Additivity.NO,
    ),
    count(
        "spread_project_count", "Prosjekter spredt til andre.", "Projects spread to others.", additivity=Additivity.NO
    ),
    count("follow_on_count", "Beløp til videre arbeid.", "Amounts for further work.", additivity=Additivity.NO),
    count(
        "known_actor_project_count",
        "Prosjekter der deltakerne er kjent.",
        "Projects with known participants.",
        additivity=Additivity.NO,
    ),
    count(
        "one_actor_project_count",
        "Av dem: med én virksomhet.",
        "Of these: with one organisation.",
        additivity=Additivity.NO,
    ),
    count(
        "finding_count",
        "Det andre har sagt om ordningen.",
        "What others have said about the scheme.",
        additivity=Additivity.NO,
    ),
    count("finding_source_count", "Dokumenter det står i.", "Documents that state it.", additivity=Additivity.NO),
    count(
        "disagreement_count",
        "Tall om runder som kilder er uenige om.",
        "Figures about rounds that sources disagree on.",
        additivity=Additivity.NO,
    ),
)
