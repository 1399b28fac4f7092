"""The long tables of benefits on pages of their own, so that none is heavy however many benefits become known.

Belongs here: which lists have a page, their addresses, and how the page of benefits sums them up.
Does not belong here: the tables (`measured.py` and its neighbours) and the page of benefits (`page.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gevinst.site.blocks import Block
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.benefits import economy as values
from gevinst.site.pages.benefits import measured, register
from gevinst.site.pages.benefits.not_benefits import not_benefits
from gevinst.site.pages.benefits.what_if import what_if
from gevinst.site.pages.charts import chart_block
from gevinst.site.sentences import benefits as sentences

LONGEST_OPEN = 20
"""A list of effects without a price that has more rows than this is folded."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page of benefits says of what stands elsewhere: its heading, and the way there.

    The heading of a table has the anchor that the table's own has on its page, so that an address from before leads to
    the way there. What has no row is not said to be of the whole portfolio.
    """

    heading: str
    href: str
    link: str
    table_id: str | None = None
    has_rows: bool = True


def summary(view: View, name: str, block: Block, link: str = "") -> Summary:
    """The summary of a table on the page called `name`; `link` names the words of the link where they are others."""
    table_id = block.table.table_id
    return Summary(block.heading, _to(view, name, table_id), _see(view, link or name), table_id)


def unmeasured_summary(view: View) -> Summary:
    """What is reported or planned and not measured, which the register lists."""
    heading = sentences.unmeasured_heading(view.data.now("benefit_headlines")[0], view.catalogue)
    query = f"maling={register.MEASUREMENT_VALUES['missing']}"
    return Summary(heading, f"{view.href(register.NAME)}?{query}", _see(view, "unmeasured"))


def valued_summary(view: View, kind: str, table_id: str, block: Block | None) -> Summary:
    """The summary of effects of a kind, which nobody may have assessed."""
    if block is not None:
        return summary(view, "valued", block, kind)
    heading = view.t(f"page_benefits.no_{kind}")
    return Summary(heading, _to(view, "valued", table_id), _see(view, "unassessed"), table_id, has_rows=False)


def _to(view: View, name: str, table_id: str) -> str:
    return view.href(f"benefits_{name}", anchor=f"{table_id}-heading")


def _see(view: View, name: str) -> str:
    return view.t(f"benefit_lists.see_{name}")


def _document(view: View, name: str, *scripts: str, **shown: Any) -> list[Document]:
    title, lead = view.t(f"benefit_lists.{name}_title"), view.t(f"benefit_lists.{name}_lead")
    return [Document(title=title, lead=lead, values={**filter_values(view), **shown}, scripts=scripts)]


def _one_table(name: str, block: Callable[[View], Block], view: View, *, figure_id: str = "") -> list[Document]:
    return _document(view, name, block=block(view), chart=_chart(view, figure_id))


def _chart(view: View, figure_id: str) -> Block | None:
    """A figure of all rows, above their table; nothing where it has nothing to show."""
    return replace(chart_block(view, figure_id), stays_whole=True) if figure_id in view.figures else None


def _valued(view: View) -> list[Document]:
    """Effects without and with a price; where nobody has assessed any, what is shown when somebody does."""
    economy = values.Economy(view)
    priced = values.priced(economy)
    headings = (("ikke-prissatt", "non_priced"), ("prissatt", "priced"), *((("prov", "trying"),) if priced else ()))
    tried = what_if(economy)
    return _document(
        view,
        "valued",
        *(("benefits/assumptions.js",) if tried else ()),
        contents=[(f"{table}-heading", view.t(f"page_benefits.to_{name}")) for table, name in headings],
        longest_open=LONGEST_OPEN,
        non_priced=values.non_priced(view),
        priced=priced,
        ranges=_chart(view, "priced-ranges"),
        total=values.total(view) if priced else None,
        turning_points=values.turning_points(economy),
        what_if=tried,
    )


def _page(name: str, nb: str, en: str, documents: Callable[[View], list[Document]], template: str) -> Page:
    return Page(
        name=f"benefits_{name}",
        slugs={"nb": f"gevinster/{nb}", "en": f"benefits/{en}"},
        documents=documents,
        opens_under="benefits",
        own_template=f"benefits/{template}.html",
    )


PAGES = (
    _page(
        "measured",
        "malt",
        "measured",
        partial(_one_table, "measured", measured.realised, figure_id="planned-realised"),
        "list",
    ),
    _page("valued", "verdi", "value", _valued, "valued"),
    _page("apart", "ikke-gevinster", "not-benefits", partial(_one_table, "apart", not_benefits), "list"),
)
"""In the order in which the page of benefits sums them up."""
