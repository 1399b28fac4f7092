"""Model cards: what each calculation beyond counting is for, what it assumes, and when it is not shown.

Belongs here: which models there are, where their code and published answers lie, and their state in this edition.
Does not belong here: the calculations (`gevinst.method`) and what the cards say (``model.toml``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gevinst.addresses import no_figure
from gevinst.contracts import contract
from gevinst.site.context import View
from gevinst.site.rows import Row

CASES = "tests/data/published_cases.csv"
"""Answers that others have published or that follow from what they have; the code must give the same."""


@dataclass(frozen=True, slots=True)
class Model:
    """A calculation: its name among the texts, the tables that hold its results, its code and its published answers.

    `cases` are values of the column `function` in `CASES`. `state` says what the model gives in the edition.
    """

    name: str
    tables: tuple[str, ...]
    code: tuple[str, ...]
    cases: tuple[str, ...]
    state: Callable[[View], str]


@dataclass(frozen=True, slots=True)
class Card:
    """A model as it is shown: parts are pairs of heading and text, tables pairs of title and address."""

    anchor: str
    heading: str
    state: str
    parts: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, str], ...]
    code: tuple[str, ...]
    answers: str


_PARTS = ("purpose", "inputs", "assumptions", "limits", "withheld")


def cards(view: View) -> list[Card]:
    """All model cards in one language."""
    limits = _limits(view)
    return [_card(view, model, limits.get(model.name, {})) for model in MODELS]


def _card(view: View, model: Model, limits: dict[str, dict[str, Any]]) -> Card:
    texts = {part: view.t(f"model.{model.name}_{part}", **limits.get(part, {})) for part in _PARTS}
    return Card(
        anchor=f"modell-{model.name}",
        heading=view.t(f"model.{model.name}"),
        state=model.state(view),
        parts=tuple((view.t(f"model.{part}"), text) for part, text in texts.items()),
        tables=tuple((contract(name).title(view.language), view.href("dictionary", name)) for name in model.tables),
        code=model.code,
        answers=view.t("model.answers", file=CASES, functions=", ".join(model.cases)),
    )


def _limits(view: View) -> dict[str, dict[str, dict[str, Any]]]:
    """The limits in force by model and part of its card, from the code that keeps to them."""
    # The statistics need SciPy, which nothing else of the pages does.
    from gevinst.method.agreement import FEWEST_UNITS, PUBLISH_FROM
    from gevinst.method.association import PERMUTED_UP_TO
    from gevinst.method.drivers import MIN_OUTCOMES, MIN_PROJECTS

    return {
        "drivers": {
            "assumptions": {"shuffled": no_figure(PERMUTED_UP_TO, "limit")},
            "withheld": {
                "projects": no_figure(MIN_PROJECTS, "limit"),
                "outcomes": no_figure(MIN_OUTCOMES, "limit"),
                "alpha": view.number.decimal(no_figure(PUBLISH_FROM, "limit"), 3),
            },
        },
        "alpha": {"withheld": {"units": no_figure(FEWEST_UNITS, "limit")}},
    }


def _drivers(view: View) -> str:
    shown = view.data.headlines["associations_shown"]
    withheld = [row for row in view.data.now("driver_association") if not row["is_shown"]]
    state = view.t("model.drivers_state", n=shown.value, total=shown.total)
    return _with_reasons(view, state, "association_reason", withheld)


def _alpha(view: View) -> str:
    known = view.data.headlines["agreements_known"]
    withheld = [row for row in view.data.now("coder_agreement") if row["alpha"] is None]
    state = view.t("model.alpha_state", n=known.value, total=known.total)
    return _with_reasons(view, state, "agreement_reason", withheld)


def _with_reasons(view: View, state: str, codelist: str, withheld: Sequence[Row]) -> str:
    """`state`, and why for those that are withheld."""
    codes = sorted({row[f"{codelist}_code"] for row in withheld if row[f"{codelist}_code"]})
    if not codes:
        return state
    reasons = view.catalogue.join([view.label(codelist, code) for code in codes])
    return f"{state} {view.t('model.reasons', n=len(codes), reasons=reasons)}"


def _time(view: View) -> str:
    figures = view.data.headlines
    used = view.t("model.time_used", n=figures["use_events"].value)
    return view.t("model.time_state", n=figures["projects_followed"].value, used=used)


def _value(view: View) -> str:
    return view.t("model.value_state", n=view.data.headlines["priced_projects"].value)


def _simulation(view: View) -> str:
    return view.t("model.simulation_state")


MODELS = (
    Model(
        "drivers",
        ("driver_association", "driver_table", "driver_heatmap"),
        ("gevinst/method/drivers.py", "gevinst/method/association.py"),
        ("spearman_p", "spearman_reaches"),
        _drivers,
    ),
    Model("time", ("time_to_use",), ("gevinst/method/time_to_use.py",), ("kaplan_meier", "aalen_johansen"), _time),
    Model(
        "value",
        ("priced_effects",),
        ("gevinst/method/flows.py", "gevinst/method/discounting.py", "gevinst/method/npv.py"),
        ("discount_factors", "npv", "tax_financing", "annuity", "to_real"),
        _value,
    ),
    Model(
        "simulation",
        ("effect_sensitivities", "npv_simulations"),
        ("gevinst/method/uncertainty.py", "gevinst/method/priced.py"),
        ("one_way", "break_even", "expected_values"),
        _simulation,
    ),
    Model("alpha", ("coder_agreement",), ("gevinst/method/agreement.py",), ("krippendorff", "cohen_kappa"), _alpha),
)
"""In the order of the page."""
