"""The form as one HTML file: no server, no network, no account.

Belongs here: putting what is known, the texts, the style and the script into one file.
Does not belong here: what is known (`gevinst.follow_up.prefill`) and asked (`gevinst.follow_up.fields`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gevinst.follow_up.fields import Field, fields_of, minutes_for
from gevinst.follow_up.prefill import Form
from gevinst.follow_up.texts import Words, texts
from gevinst.site.render import script_json

ANSWER_FORMAT = "gevinst-owner-answer/1"
"""What a file of answers says that it is; the number changes when earlier ones can no longer be read."""
_YEARS_BACK, _YEARS_AHEAD = 12, 5
"""Years that dates can be chosen from: no benefit of a project is measured before it, and plans are short."""


Names = Mapping[str, Mapping[str, str]]
"""What something is called in each language of pages, by its code or id."""


def form_html(form: Form, units: Names, planned: Names, language: str) -> str:
    """The form as a file that works from disk, with the units to choose from and those of benefits with a plan.

    It opens in `language`, and a reader may choose another.
    """
    words = Words(language)
    own = {benefit["benefit_id"] for project in form["projects"] for benefit in project["benefits"]}
    projects = [{**one, "fields": [_field(field, one) for field in fields_of(one)]} for one in form["projects"]]
    content = {
        **form,
        "projects": projects,
        "units": units,
        "planned_units": {benefit_id: names for benefit_id, names in planned.items() if benefit_id in own},
        "scheme": words.scheme,
        "minutes": max(minutes_for(one) for one in form["projects"]),
        "first_year": form["year"] - _YEARS_BACK,
        "last_year": form["year"] + _YEARS_AHEAD,
        "answer_format": ANSWER_FORMAT,
    }
    return _template().render(
        language=language,
        title=title_of(form, language),
        no_script=words("no_script"),
        prefilled=script_json(content),
        texts=script_json(texts()),
        style=Markup(_part("form.css")),
        script=Markup(_shared("xlsx.js") + _part("form.js")),
    )


def title_of(form: Form, language: str) -> str:
    """The question that the form asks."""
    words = Words(language)
    if len(form["projects"]) > 1:
        return words("title_several")
    return words("title_one", project=form["projects"][0]["name"][words.of_pages])


def _field(field: Field, project: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: value for name, value in asdict(field).items() if value}
    return {**own, "before": project["status_code"]} if field.name == "status" else own


@cache
def _template() -> Any:
    loader = PackageLoader("gevinst.follow_up", "form")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("form.html")


@cache
def _part(name: str) -> str:
    return files("gevinst.follow_up").joinpath(f"form/{name}").read_text(encoding="utf-8")


@cache
def _shared(name: str) -> str:
    """A script that pages have too: the workbook of answers is written by the one that writes workbooks of tables."""
    return files("gevinst.site").joinpath(f"assets/js/{name}").read_text(encoding="utf-8")
