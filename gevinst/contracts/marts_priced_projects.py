"""Contracts of the marts that show how far net present values can be trusted: rates, simulation, signs and totals.

Belongs here: results per project and per edition.
Does not belong here: the net present values themselves (`marts_benefits.py`) and single effects (`marts_priced.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Contract

RETURN_RATES = Contract(
    name="return_rates",
    layer="marts",
    title_nb="Internrenter",
    title_en="Internal rates of return",
    grain_nb="Én rad per prosjekt, anslag, internrente og utgaveår; én rad når det ikke finnes noen.",
    grain_en="One row per project, estimate, internal rate and edition year; one row when there is none.",
    key=("edition_year", "project_id", "scenario_code", "root_number"),
    depends_on=("priced_flows",),
    may_be_empty=True,
    rule_nb="Alle renter der netto nåverdi er null. Det kan være ingen, én eller flere, og de skal ikke brukes til å "
    "rangere prosjekter. Er et beløp ukjent, eller er alle null, er antallet tomt.",
    rule_en="All rates at which the net present value is zero. There may be none, one or several, and they are not for "
    "ranking projects. When an amount is unknown, or all are zero, the number is empty.",
    formula="rate_pct = 100 * (x - 1) for every real root x > 0 of sum over y of total_amount(y) * x^(last year - y) "
    "= 0",
    columns=listed(
        "edition_year project_id scenario_code root_number",
        *override(
            "rate_pct",
            "Internrenten; tom når det ikke finnes noen.",
            "The rate; empty when there is none.",
            required=False,
            unit="per cent per year",
            minimum=None,
            maximum=None,
            n_column="root_count",
        ),
        "root_count has_several_roots",
    ),
)

NPV_SIMULATIONS = Contract(
    name="npv_simulations",
    layer="marts",
    title_nb="Simulert netto nåverdi",
    title_en="Simulated net present value",
    grain_nb="Én rad per prosjekt og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per project and edition year. A worked scenario, not a finding.",
    key=("edition_year", "project_id"),
    depends_on=("effect_values",),
    may_be_empty=True,
    rule_nb="Hver virkning trekkes for seg, uavhengig av de andre, fra trekantfordelingen med lavt, midtre og høyt "
    "anslag som laveste, mest sannsynlige og høyeste verdi. Trekningene har et fast frø per virkning, så to "
    "kjøringer gir det samme. Mangler en virkning et anslag, er resultatet ukjent.",
    rule_en="Each effect is drawn by itself, independent of the others, from the triangular distribution with the low, "
    "middle and high estimate as lowest, likeliest and highest value. The draws have a fixed seed per effect, "
    "so that two runs give the same. When an effect lacks an estimate the result is unknown.",
    formula="npv(draw) = sum over effects of a draw from triangular(low, mid, high present value); mean_amount, "
    "sd_amount, p5_amount, p50_amount, p95_amount over draw_count draws; positive_probability = share of "
    "draws with npv > 0",
    columns=listed(
        "edition_year project_id effect_count draw_count seed mean_amount sd_amount p5_amount p50_amount p95_amount",
        "positive_probability",
    ),
)

PRICED_PROJECTS = Contract(
    name="priced_projects",
    layer="marts",
    title_nb="Netto nåverdi per prosjekt: lavt, midt og høyt",
    title_en="Net present value per project: low, middle and high",
    grain_nb="Én rad per prosjekt med prissatte virkninger og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per project with priced effects and edition year. A worked scenario, not a finding.",
    key=("edition_year", "project_id"),
    depends_on=(
        "priced_effects",
        "effect_values",
        "effect_sensitivities",
        "benefit_values",
        "codelists",
        "sources",
        "edition_years",
    ),
    may_be_empty=True,
    rule_nb="De tre anslagene ved siden av hverandre, og det de sier sammen: et fortegn gjelder bare når alle tre har "
    "det. Beviset er det svakeste blant nyttevirkningene, og tomt når en av dem ikke hører til noe utsagn.",
    rule_en="The three estimates side by side, and what they say together: a sign holds only when all three have it. "
    "The evidence is the weakest among the benefits, and empty when one of them belongs to no claim.",
    formula="is_positive = low_amount, mid_amount and high_amount > 0; is_negative = all three < 0; "
    "is_turned_by_a_fifth = some is_sign_turned of effect_sensitivities in the middle estimate; evidence_code = "
    "lowest rank of the benefits",
    columns=listed(
        "edition_year project_id",
        *override(
            "low_amount",
            "Netto nåverdi, lavt anslag.",
            "Net present value, low estimate.",
            unit="amount, prices of price_year, value in reference_year",
            n_column="effect_count",
        ),
        *override(
            "mid_amount",
            "Netto nåverdi, midtre anslag.",
            "Net present value, middle estimate.",
            unit="amount, prices of price_year, value in reference_year",
            n_column="effect_count",
        ),
        *override(
            "high_amount",
            "Netto nåverdi, høyt anslag.",
            "Net present value, high estimate.",
            unit="amount, prices of price_year, value in reference_year",
            n_column="effect_count",
        ),
        *override(
            "npv_per_invested",
            "Netto nåverdi per investert beløp, midtre anslag; tom uten investering.",
            "Net present value per amount invested, middle estimate; empty without investment.",
        ),
        "effect_count",
        *override(
            "evidence_code",
            "Det svakeste beviset blant nyttevirkningene; tom når en ikke hører til noe utsagn.",
            "The weakest evidence of the benefits; empty when one belongs to no claim.",
            required=False,
        ),
        "is_known is_positive is_negative is_turned_by_a_fifth",
        *override("ruleset_code", "Regelverket som er brukt.", "The ruleset used."),
        *override("schedule_code", "Rentebanen som er brukt.", "The schedule of rates used."),
        *override("price_year", required=False),
        "reference_year",
        *override("source_id", "Dokumentet resultatet bygger på.", "The document behind the result.", required=False),
        *override("source_locator", required=False),
    ),
)

PRICED_TOTALS = Contract(
    name="priced_totals",
    layer="marts",
    title_nb="Sum av dokumenterte nåverdier",
    title_en="Sum of documented present values",
    grain_nb="Én rad per utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per edition year. A worked scenario, not a finding.",
    key=("edition_year",),
    depends_on=("priced_projects", "project_relations", "sources", "edition_years"),
    rule_nb="Bare prosjekter der alle nyttevirkninger er dokumentert, legges sammen, ett anslag om gangen. Det er "
    "ingen sum for færre enn tre av dem, når en av dem bygger på en annen, eller når en verdi er ukjent: da er "
    "beløpene tomme.",
    rule_en="Only projects all of whose benefits are documented are added, one estimate at a time. There is no sum for "
    "fewer than three of them, when one of them builds on another, or when a value is unknown: the amounts are "
    "then empty.",
    formula="is_summed = project_count >= 3 and tie_count = 0 and all three estimates of each are known; low_amount, "
    "mid_amount, high_amount = sums of priced_projects with evidence_code = dokumentert",
    columns=listed(
        "edition_year",
        *override("project_count", "Prosjekter der alt er dokumentert.", "Projects with everything documented."),
        "tie_count is_summed",
        *override(
            "low_amount",
            "Summen, lavt anslag.",
            "The sum, low estimate.",
            unit="amount, prices of price_year, value in reference_year",
            n_column="project_count",
        ),
        *override(
            "mid_amount",
            "Summen, midtre anslag.",
            "The sum, middle estimate.",
            unit="amount, prices of price_year, value in reference_year",
            n_column="project_count",
        ),
        *override(
            "high_amount",
            "Summen, høyt anslag.",
            "The sum, high estimate.",
            unit="amount, prices of price_year, value in reference_year",
            n_column="project_count",
        ),
        *override("price_year", required=False),
    ),
)

DISCOUNT_STEPS = Contract(
    name="discount_steps",
    layer="marts",
    title_nb="Kalkulasjonsrentene som er brukt",
    title_en="The discount rates in use",
    grain_nb="Én rad per trinn i rentebanen og utgaveår med prissatte virkninger.",
    grain_en="One row per step of the schedule and edition year with priced effects.",
    key=("edition_year", "ruleset_code", "schedule_code", "from_year"),
    depends_on=("priced_effects", "discount_rates"),
    may_be_empty=True,
    rule_nb="Trinnene i rentebanen som nåverdiene bygger på. År telles fra prosjektets oppstartsår.",
    rule_en="The steps of the schedule that the present values rest on. Years count from a project's start year.",
    formula="rate = rate_pct / 100",
    columns=listed(
        "edition_year",
        *override("ruleset_code", "Regelverket som er brukt.", "The ruleset used."),
        *override("schedule_code", "Rentebanen som er brukt.", "The schedule of rates used."),
        *override("from_year", "Første år i trinnet.", "First year of the step.", unit=None, additivity=None),
        *override(
            "to_year",
            "Siste år; tom for det siste trinnet.",
            "Last year; empty for the last step.",
            unit=None,
            additivity=None,
            minimum=None,
        ),
        *override(
            "rate_pct",
            "Renten.",
            "The rate.",
            required=False,
            unit="per cent per year, stated",
            minimum=None,
            maximum=None,
        ),
        "rate",
    ),
)

PRICED_PROJECT_MARTS = (RETURN_RATES, NPV_SIMULATIONS, PRICED_PROJECTS, PRICED_TOTALS, DISCOUNT_STEPS)
"""After `PRICED_EFFECT_MARTS` and `priced_effects`, which they read."""
