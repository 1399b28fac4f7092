from datetime import date

import polars as pl
import pytest

from gevinst.edition import EditionError
from gevinst.edition.assemble import as_of_date

YEARS = pl.DataFrame(
    {
        "edition_year": [2016, 2017, 2018],
        "as_of_on": [date(2016, 12, 31), date(2017, 12, 31), date(2018, 11, 22)],
        "project_count": [0, 8, 12],
    }
)


def test_an_edition_has_the_date_of_its_year():
    assert as_of_date(YEARS, 2018) == date(2018, 11, 22)


@pytest.mark.parametrize("year", [2016, 2019])
def test_a_year_in_which_no_project_was_known_is_refused_by_name_and_lists_which_years_there_are(year):
    with pytest.raises(EditionError, match=f"no edition of {year}: no source named a project by then; .* 2017 to 2018"):
        as_of_date(YEARS, year)


def test_without_any_project_there_is_no_edition_at_all():
    with pytest.raises(EditionError, match="no year has any"):
        as_of_date(YEARS.clear(), 2026)
