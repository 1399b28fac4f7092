"""Explanations of figures: which clocks the rows behind a figure have."""

from __future__ import annotations

import pytest

from gevinst.site.pages.explanation.page import documents
from tests.data.rendered import view_of
from tests.data.small_edition import SMALL_EDITION, small_tables


@pytest.mark.parametrize(
    ("figure_id", "headings"),
    [
        ("in_use", ["About", "Public", "Source"]),
        ("has_status_beyond_award", []),
    ],
    ids=["statuses have dates and documents and are recorded nowhere", "what is known of a project has neither"],
)
def test_only_the_clocks_that_a_table_has_are_shown_and_no_other_is_called_unknown(figure_id, headings) -> None:
    view = view_of(small_tables(), "en", SMALL_EDITION)
    document = next(one for one in documents(view) if one.tail == figure_id)
    columns = document.values["rows"].table.columns
    assert [column.heading for column in columns][2:] == headings
