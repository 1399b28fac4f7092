"""Fields of the marts that show how far net present values can be trusted: rates, simulation, signs and totals.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_priced_projects`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, Column, Type, count, flag, number, with_basis

PRICED_PROJECTS = (
    Column(
        "root_number",
        Type.INTEGER,
        "Nummeret på renten, den laveste først; 0 når det ikke finnes noen.",
        "The number of the rate, the lowest first; 0 when there is none.",
        required=True,
        minimum=0,
    ),
    count(
        "root_count",
        "Antall internrenter; tom når det er ukjent.",
        "Number of rates; empty when unknown.",
        additivity=Additivity.NO,
    ),
    Column("has_several_roots", Type.BOOLEAN, "Ja når det er flere enn én.", "True when there is more than one."),
    count("draw_count", "Antall trekninger.", "Number of draws.", additivity=Additivity.NO),
    Column("seed", Type.INTEGER, "Frøet for trekningene.", "The seed of the draws.", required=True),
    with_basis(
        number(
            "mean_amount",
            "amount, prices of price_year, value in reference_year",
            "Gjennomsnittet av trekningene.",
            "The mean of the draws.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "sd_amount",
            "amount, prices of price_year, value in reference_year",
            "Standardavviket.",
            "The standard deviation.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "p5_amount",
            "amount, prices of price_year, value in reference_year",
            "5-prosentilen.",
            "The 5th percentile.",
        ),
        "effect_count",
    ),
    with_basis(
        number("p50_amount", "amount, prices of price_year, value in reference_year", "Medianen.", "The median."),
        "effect_count",
    ),
    with_basis(
        number(
            "p95_amount",
            "amount, prices of price_year, value in reference_year",
            "95-prosentilen.",
            "The 95th percentile.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "positive_probability", "probability 0-1", "Andelen trekninger over null.", "The share of draws above zero."
        ),
        "effect_count",
    ),
    flag("is_known", "Ja når alle tre anslagene er kjent.", "True when all three estimates are known."),
    flag("is_positive", "Ja når alle tre er over null.", "True when all three are above zero."),
    flag("is_negative", "Ja når alle tre er under null.", "True when all three are below zero."),
    flag(
        "is_turned_by_a_fifth",
        "Ja når en femtedel mer eller mindre av én virkning snur fortegnet.",
        "True when a fifth more or less of one effect changes the sign.",
    ),
    count("tie_count", "Forbindelser mellom to av dem.", "Relations between two of them.", additivity=Additivity.NO),
    flag("is_summed", "Ja når det er en sum.", "True when there is a sum."),
    number("rate", "factor", "Renten som andel.", "The rate as a fraction."),
)
