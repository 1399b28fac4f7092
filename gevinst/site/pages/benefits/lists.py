"""The long tables of benefits on pages of their own, so that none is heavy however many benefits become known.

Belongs here: which lists have a page, their addresses, and how the page of benefits sums them up.
Does not belong here: the tables (`measured.py` and its neighbours) and the page of benefits (`page.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gevinst.addresses import no_figure
from gevinst.site import parts
from gevinst.site.blocks import Block
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.benefits import economy as values
from gevinst.site.pages.benefits import register
from gevinst.site.pages.benefits.not_benefits import not_benefits
from gevinst.site.pages.benefits.what_if import what_if
from gevinst.site.pages.charts import chart_block
from gevinst.site.sentences import benefits as sentences

_PARTS = (("prissatt", "priced"), ("prov", "trying"))
"""What the page of amounts lets one jump to: the table and its words."""


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


def summary(view: View, name: str, block: Block) -> Summary:
    """The summary of a table on the page called `name`."""
    table_id = block.table.table_id
    href = view.href(f"benefits_{name}", anchor=f"{table_id}-heading")
    return Summary(block.heading, href, _see(view, name), table_id)


def unmeasured_summary(view: View) -> Summary:
    """What is reported or planned and not measured, which the register lists."""
    heading = sentences.unmeasured_heading(view.data.now("benefit_headlines")[0], view.catalogue)
    query = f"maling={register.MEASUREMENT_VALUES['missing']}"
    return Summary(heading, f"{view.href(register.NAME)}?{query}", _see(view, "unmeasured"))


def valued_summaries(view: View) -> list[Summary]:
    """What is said of effects with and without a price; where nobody has assessed any, the way to the method."""
    blocks = {"non_priced": values.non_priced(view), "valued": values.priced(values.Economy(view))}
    found = [summary(view, name, block) for name, block in blocks.items() if block is not None]
    method = view.href("method", anchor="modell-value")
    nothing = view.t("page_benefits.nothing_valued")
    return found or [Summary(nothing, method, _see(view, "value_method"), has_rows=False)]


def _see(view: View, name: str) -> str:
    return view.t(f"benefit_lists.see_{name}")


def _document(view: View, name: str, *scripts: str, **shown: Any) -> list[Document]:
    title, lead = view.t(f"benefit_lists.{name}_title"), view.t(f"benefit_lists.{name}_lead")
    return [Document(title=title, lead=lead, values={**filter_values(view), **shown}, scripts=scripts)]


def _one_table(name: str, block: Callable[[View], Block | None], view: View) -> list[Document]:
    shown = block(view)
    return [] if shown is None else _document(view, name, block=shown)


def _valued(view: View) -> list[Document]:
    """Effects with a price; no page while nobody has put one on any."""
    economy = values.Economy(view)
    priced = values.priced(economy)
    if priced is None:
        return []
    ranges = chart_block(view, "priced-ranges") if "priced-ranges" in view.figures else None
    tried = what_if(economy)
    return _document(
        view,
        "valued",
        *(("benefits/assumptions.js",) if tried else ()),
        contents=[(f"{table}-heading", view.t(f"page_benefits.to_{name}")) for table, name in _PARTS],
        priced=priced,
        ranges=ranges and replace(ranges, stays_whole=True),
        total=values.total(view),
        turning_points=values.turning_points(economy),
        what_if=tried,
        most_tried=no_figure(parts.MOST_TRIED, "house"),
        amounts=view.csv_file("priced_flows"),
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
    _page("non_priced", "uten-kroner", "non-priced", partial(_one_table, "non_priced", values.non_priced), "list"),
    _page("valued", "verdi", "value", _valued, "valued"),
    _page("apart", "ikke-gevinster", "not-benefits", partial(_one_table, "apart", not_benefits), "list"),
)
"""In the order in which the page of benefits sums them up."""
