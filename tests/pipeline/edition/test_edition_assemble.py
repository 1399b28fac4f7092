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


def test_a_scheme_without_any_project_begins_with_the_newest_year():
    without = YEARS.with_columns(project_count=0)
    assert as_of_date(without, 2018) == date(2018, 11, 22)
    with pytest.raises(EditionError, match=r"no edition of 2017: .* editions can be of 2018 to 2018"):
        as_of_date(without, 2017)
