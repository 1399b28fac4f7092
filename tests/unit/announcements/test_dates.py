from __future__ import annotations

import pytest

from gevinst.announcements.dates import date_in, period_in


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("06. juni 2023", "2023-06-06"),
        ("Publisert 12.05.2029", "2029-05-12"),
        ("10. okt 2016", "2016-10-10"),
        ("6 May 2031", "2031-05-06"),
        ("June 6, 2023", "2023-06-06"),
        ("Oppstart mai 2017", "2017-05"),
        ("høsten 2021", "2021"),
        ("2033-12-11T08:00", "2033-12-11"),
        ("31.12.2034", "2034-12-31"),
        ("21. juli", None),
        ("45.13.2020", "2020"),
    ],
)
def test_a_date_says_no_more_than_the_page(text: str, date: str | None) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("November 2021 – desember 2022", ("2021-11", "2022-12")),
        ("januar–november 2030", ("2030-01", "2030-11")),
        ("2020-2022 (forsinket på grunn av flom)", ("2020", "2022")),
        ("March 2029 to June 2030", ("2029-03", "2030-06")),
        ("fra 2031 til nå", ("2031", None)),
        ("Autumn 2030 – spring 2031", ("2030", "2031")),
        ("2024", ("2024", None)),
    ],
)
def test_a_period_has_a_start_and_an_end_when_both_stand_there(
    text: str, period: tuple[str | None, str | None]
) -> None:
    assert period_in(text) == period
