"""Contracts of the marts of statistics: drivers, time to use, additionality and surveys.

Belongs here: results computed from ratings, answers and time since start, per edition year.
Does not belong here: the rows they rest on (`evaluations`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract

DRIVER_TABLE = Contract(
    name="driver_table",
    layer="marts",
    title_nb="De fire driverne per prosjekt",
    title_en="The four drivers per project",
    grain_nb="Én rad per prosjekt og utgaveår.",
    grain_en="One row per project and edition year.",
    key=("edition_year", "project_id"),
    empty_without=("projects",),
    depends_on=(
        "projects",
        "rounds",
        "project_events",
        "sources",
        "participations",
        "driver_ratings",
        "rating_decisions",
        "edition_years",
        "project_status",
    ),
    rule_nb="De fire driverne som Menon peker på. Kompleksitet og krevende innføring er vurdert 1–5; verdien "
    "er den som er avgjort, ellers den som alle som vurderte, ga, og aldri et gjennomsnitt. Antall eiere og "
    "aktører er talt i registeret. Tiden regnes fra oppstarten, ellers fra tildelingen; en måned eller et år "
    "regnes som sin siste dag. Ukjent er tomt, ikke null.",
    rule_en="The four drivers that Menon names. Complexity and difficulty of implementation are rated 1–5 by coders; "
    "the value is the settled rating, else the one that all coders gave, and never an average. Owners and "
    "actors are counted in the registry. Time runs from the start of work, else from the award; a month or a "
    "year counts as its last day. Unknown is empty, not zero.",
    formula="actor_count = organisations with any role but supplier; owner_count = of these owner or co_owner; "
    "months_since_start = whole months from the last day of start_on to as_of_on; is_outcome_known = "
    "current_step is known and outcome_code <> unknown",
    columns=listed(
        "edition_year project_id complexity complexity_low complexity_high complexity_coder_count owner_count",
        "actor_count start_on/precision start_basis_code months_since_start implementation_difficulty",
        "implementation_difficulty_low implementation_difficulty_high implementation_difficulty_coder_count",
        "current_status_code current_step outcome_code is_in_use is_outcome_known",
    ),
)

DRIVER_HEATMAP = Contract(
    name="driver_heatmap",
    layer="marts",
    title_nb="Drivere mot status",
    title_en="Drivers against status",
    grain_nb="Én rad per utgaveår, driver, nivå og status. Antall prosjekter, ikke årsak.",
    grain_en="One row per edition year, driver, level and status. Counts of projects, not cause.",
    key=("edition_year", "driver_code", "driver_level", "current_status_code"),
    empty_without=("projects",),
    depends_on=("driver_table",),
    rule_nb="Prosjekter talt etter nivå på driveren og nyeste status. Nivå er vurderingen (1–5), antall aktører eller "
    "hele år siden start. Ukjent nivå er en egen rad, så hver driver summerer til alle prosjektene.",
    rule_en="Projects counted by level of the driver and newest status. The level is the rating (1-5), the number of "
    "actors or whole years since the start. An unknown level has a row of its own, so that each driver adds up "
    "to all projects.",
    formula="project_count = rows of driver_table with this driver_level and current_status_code",
    columns=listed("edition_year driver_code driver_level current_status_code project_count"),
)

CODER_AGREEMENT = Contract(
    name="coder_agreement",
    layer="marts",
    title_nb="Samsvar mellom vurderinger",
    title_en="Agreement between ratings",
    grain_nb="Én rad per vurdert driver og utgaveår.",
    grain_en="One row per rated driver and edition year.",
    key=("edition_year", "rated_driver_code"),
    depends_on=("sources", "driver_ratings", "edition_years", "project_status"),
    rule_nb="Krippendorffs alfa på ordinalt nivå for de uavhengige vurderingene i prosjektenes nyeste vurderingsrunde. "
    "Prosjekter med én vurdering faller ut. Uten variasjon er alfa ikke definert. Intervallet er 2000 "
    "trekninger av prosjekter med tilbakelegging, og gis ikke for færre enn ti prosjekter. Alfa fra 0,667 "
    "holder til å publisere og fra 0,800 til å rangere; grensene er Gevinsts eget valg.",
    rule_en="Krippendorff's alpha at ordinal level for the independent ratings of each project's newest assessment "
    "round. Projects with one rating drop out. Without variation alpha is undefined. The interval is from "
    "2,000 draws of projects with replacement, and is not given for fewer than ten projects. Alpha from 0.667 "
    "is enough to publish and from 0.800 to rank; the limits are Gevinst's own choice.",
    formula="alpha = 1 - (n - 1) * sum(o_ck * d_ck) / sum(n_c * n_k * d_ck), d_ck = squared difference of mid-ranks; "
    "interval = 2.5 and 97.5 percentiles of 2000 bootstrap draws over units",
    columns=listed(
        "edition_year rated_driver_code measurement_level_code unit_count coder_count rating_count alpha",
        "alpha_low alpha_high is_publishable is_rankable agreement_reason_code",
    ),
)

DRIVER_ASSOCIATION = Contract(
    name="driver_association",
    layer="marts",
    title_nb="Samvariasjon mellom drivere og status",
    title_en="Association of drivers and status",
    grain_nb="Én rad per driver og utgaveår. Samvariasjon, ikke årsak.",
    grain_en="One row per driver and edition year. Association, not cause.",
    key=("edition_year", "driver_code"),
    depends_on=("edition_years", "driver_table", "coder_agreement"),
    rule_nb="Rangkorrelasjon mellom driveren og nyeste kjente trinn, for prosjekter der begge er kjent. Vises bare når "
    "det er minst 20 prosjekter, minst 5 av dem er i bruk, begge varierer, og koderne er enige nok. 95 "
    "%-intervallet (Bonett og Wright) viser hvor langt tilfeldigheter kan flytte tallet med så få prosjekter. "
    "Sannsynligheten svarer bare på om en tilfeldig rekkefølge kunne vist det samme. For opptil 100 prosjekter er "
    "den funnet ved å stokke dem, for flere er den tilnærmet med normalfordelingen. Ingen av delene sier at "
    "driveren er årsaken.",
    rule_en="Rank correlation of the driver and the newest known step, for projects with both known. Shown only with "
    "at least 20 projects, at least 5 of them in use, variation in both, and coders who agree enough. The 95% "
    "interval (Bonett and Wright) shows how far chance can move the figure with so few projects. The "
    "probability says only whether a chance order could have shown the same. For up to 100 projects it is found by "
    "shuffling them, for more it is approximated by the normal distribution. Neither says that the driver is the "
    "cause.",
    formula="rho = Spearman with mid-ranks; rho_interval = tanh(artanh(rho) -+ 1.96 * sqrt((1 + rho^2 / 2) / (n - "
    "3))); tau = Kendall's tau-b; tau_interval = tanh(artanh(tau) -+ 1.96 * sqrt(0.437 / (n - 4))); p = share "
    "of all orders with |rho*| >= |rho| for n <= 8, (b + 1) / (9999 + 1) of drawn orders for n <= 100, else "
    "max(1e-12, 2 * (1 - Phi(|z|))), z = rho * sqrt(n - 1), for tau with Kendall's variance for ties; rho_p_holm = "
    "Holm over the drivers tested; rho_low, rho_high = range with one project left out",
    columns=listed(
        "edition_year driver_code",
        *override(
            "project_count",
            "Prosjekter der både driver og utfall er kjent.",
            "Projects with both driver and outcome known.",
            additivity=Additivity.NO,
        ),
        "outcome_count rho rho_interval_low rho_interval_high rho_low rho_high rho_p rho_p_holm tau",
        "tau_interval_low tau_interval_high tau_p order_count is_shown association_reason_code",
    ),
)

TIME_TO_USE = Contract(
    name="time_to_use",
    layer="marts",
    title_nb="Tid fra tildeling til bruk",
    title_en="Time from award to use",
    grain_nb="Én rad per utgaveår og måned etter tildelingen, til det lengste prosjektet er fulgt.",
    grain_en="One row per edition year and month after the award, until the longest that a project is followed.",
    key=("edition_year", "month"),
    empty_without=("projects",),
    depends_on=("projects", "rounds", "sources", "status_assessments", "edition_years", "project_status"),
    rule_nb="Anslag på hvor stor del av prosjektene som ennå ikke er kjent tatt i bruk, måned for måned etter "
    "tildelingen (Aalen og Johansen). Det er ikke et antall. Hendelsen er den første datoen en kilde sier at "
    "løsningen er i bruk eller spredt. Et prosjekt som er stanset eller videreført i annen form, kan ikke "
    "lenger tas i bruk; det er en konkurrerende hendelse. De andre følges til utgavens dato. At ingen har "
    "fortalt om bruk, betyr ikke at løsningen ikke er i bruk; derfor vises hvor mange ingen har fortalt noe "
    "om, og en annen kurve der hvert prosjekt følges bare til siste nytt om det. Den første kurven faller "
    "ikke raskere enn nyhetene kommer, og den andre faller trolig for raskt. 95 %-intervallet er på "
    "log-log-skala.",
    rule_en="An estimate of the share of projects not yet known to be in use, month by month after the award (Aalen "
    "and Johansen). It is not a count. The event is the first date on which a source says that the solution "
    "is in use or spread. A project that was stopped or continued in another form can no longer come into "
    "use; that is a competing event. The others are followed until the edition's date. That no source "
    "reports use does not mean that there is none; hence the number no source has reported on is shown, and "
    "a second curve in which each project is followed only until the newest news of it. The first curve "
    "falls no faster than news comes, and the second probably falls too fast. The 95% interval is on the "
    "log-log scale.",
    formula="not_in_use_pct = 100 * (1 - sum over months of free * event_count / at_risk_count); free = product over "
    "earlier months of (1 - (event_count + left_count) / at_risk_count); at_risk_count = projects with months >= "
    "month; bounds = 100 * S^exp(+-1.96 * sqrt(var) / (S * abs(log S))), S = not_in_use_pct / 100, var by Marubini and "
    "Valsecchi; heard_count = at_risk_count - unheard_count; heard_not_in_use_pct = not_in_use_pct with each project "
    "followed until heard_months",
    columns=listed(
        "edition_year month at_risk_count event_count left_count censored_count unheard_count not_in_use_pct",
        "not_in_use_low_pct not_in_use_high_pct heard_count heard_not_in_use_pct heard_not_in_use_low_pct",
        "heard_not_in_use_high_pct rough_count left_out_count",
    ),
)

ADDITIONALITY = Contract(
    name="additionality",
    layer="marts",
    title_nb="Addisjonalitet: hva de ville gjort uten støtten",
    title_en="Additionality: what they would have done without the funding",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("sources", "counterfactuals", "edition_years", "project_status"),
    rule_nb="Hva de som fikk støtte, sier at de ville gjort uten den; det nyeste svaret for hvert prosjekt. Streng "
    "andel er de som ikke ville gjennomført arbeidet; bred andel er også senere, mindre eller på en annen "
    "måte. Andelene gjelder prosjektene som er spurt, uten usikkerhetsintervall, og gis ikke for færre enn ti "
    "svar. Tall som ville vist hva færre enn tre prosjekter svarte, eller at alle svarte likt, er "
    "skjult. Ville endringen siden året før eller siden en tidligere utgave vist det, står tallene fra før.",
    rule_en="What those who got funding say that they would have done without it; each project's newest answer. The "
    "strict share would not have done the work; the broad share adds later, smaller or in another way. The "
    "shares are of the projects surveyed, without an interval, and are not given for fewer than ten answers. "
    "Figures that would reveal how fewer than three projects answered, or that all answered alike, are hidden. Where "
    "the change since the year or an edition before would reveal it, the figures from before stay.",
    formula="strict_pct = 100 * n(4) / n(0..4); broad_pct = 100 * n(1..4) / n(0..4); null when n(0..4) < 10",
    columns=listed(
        "edition_year",
        *override("project_count", "Prosjekter i utgaven.", "Projects of the edition.", additivity=Additivity.NO),
        "asked_count",
        *override("known_count", "Prosjekter med kjent svar (n).", "Projects with a known answer (n)."),
        "strict_count broad_count strict_pct broad_pct is_suppressed is_held_back",
    ),
)

SURVEY_SERIES = Contract(
    name="survey_series",
    layer="marts",
    title_nb="Spørreundersøkelser, slik de kan vises",
    title_en="Surveys, as they may be shown",
    grain_nb="Én rad per utgaveår, undersøkelse, runde, spørsmål og svaralternativ.",
    grain_en="One row per edition year, survey, round, question and answer option.",
    key=("edition_year", "survey_id", "survey_year", "question_id", "answer_id"),
    depends_on=("survey_results", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Svarene i prosent av alle som svarte på spørsmålet. Færre enn fem svar er skjult. Det samme er en null "
    "som ville vist at alle svarte det samme, og så mange tall til at et skjult tall ikke kan regnes ut "
    "nærmere enn et spenn så bredt som fra null til fire. Andeler gis ikke for færre enn ti svar. Er bare et "
    "utvalg spurt, har andelen et 95 %-intervall (Wilson); er alle spurt, har den ikke det. Endring regnes "
    "ikke når spørsmålet eller skalaen er endret siden forrige runde. Ville endringen siden en tidligere utgave vist "
    "hva færre enn fem svarte, eller at alle som er kommet til, svarte likt, står tallene fra før.",
    rule_en="Answers as per cent of all who answered the question. Fewer than five answers are hidden. So is a zero "
    "that would show that all answered the same, and as many figures more as it takes for a hidden one to "
    "keep a range at least as wide as from zero to four. Shares are not given for fewer than ten answers. "
    "When only a sample was surveyed the share has a 95% interval (Wilson's); when all were surveyed it has "
    "none. No change is given when the question or the scale has changed since the round before. Where the change "
    "since an earlier edition would reveal what fewer than five answered, or that all who are new answered alike, the "
    "figures from before stay.",
    formula="share_pct = 100 * answer_count / base_count; response_rate_pct = 100 * answered_count / invited_count; "
    "change_points = share_pct - share_pct of previous_year",
    columns=listed(
        "edition_year survey_id survey_year question_id answer_id population_nb/en population_count invited_count",
        "answered_count response_rate_pct wording scale answer_nb/en is_dont_know",
        *override("answer_count", "Antall svar; tomt når skjult.", "Answers; empty when hidden."),
        *override("base_count", "Svar på spørsmålet (n).", "Answers to the question (n)."),
        "share_pct share_low_pct share_high_pct",
        *override("is_suppressed", "Ja når antallet er skjult.", "True when the count is hidden."),
        "is_base_suppressed is_held_back previous_year is_wording_changed is_scale_changed change_points source_id",
        "source_locator",
    ),
)


DRIVER_MARTS = (DRIVER_TABLE, DRIVER_HEATMAP, CODER_AGREEMENT, DRIVER_ASSOCIATION)
"""In the order they are computed."""
