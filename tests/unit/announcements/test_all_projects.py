"""What a page says of all its projects, gains that are expected in words, and furniture that is no project."""

from __future__ import annotations

import pytest

from tests.unit.announcements.test_other_schemes import projects, read

LIST = """To nye prosjekter får støtte

3. november 2030

Prosjektene er:

Én dør inn (Havmyra kommune i samarbeid med Vestmark fylkeskommune og Statsforvalteren i Vestmark)
Prosjektet skal gjøre det enklere å få hjelp. {own}

Klart språk (Nemnda for små saker)
{gain}

{shared}
"""
OWN = "Målet er kortere ventetid."


def page(shared: str, *, own: str = OWN, gain: str = "Det blir bra.") -> str:
    return LIST.format(shared=shared, own=own, gain=gain)


def test_the_item_of_a_list_may_have_its_partners_in_the_bracket() -> None:
    assert projects(read(page("Slutt."))) == [
        ("Én dør inn", ["Havmyra kommune"], ["Vestmark fylkeskommune", "Statsforvalteren i Vestmark"]),
        ("Klart språk", ["Nemnda for små saker"], []),
    ]


@pytest.mark.parametrize(
    "shared",
    [
        "Prosjektene starter i januar 2031.",
        "Begge prosjektene starter i januar 2031, og vi gleder oss.",
        "Begge prosjekta startar i januar 2031.",
        "The two projects started in January 2031.",
    ],
)
def test_a_sentence_on_all_projects_is_about_each_of_them(shared: str) -> None:
    starts = [one.start for one in read(page(shared)).projects]
    assert [one and one.value for one in starts] == ["2031-01", "2031-01"]
    assert all(one and one.confidence < 0.75 and one.line == 13 for one in starts)


@pytest.mark.parametrize(
    "shared",
    ["De fem prosjektene starter i januar 2031.", "Prosjektene som kom med i fjor, starter i januar 2031."],
)
def test_a_sentence_on_other_projects_gives_none_of_these_a_start(shared: str) -> None:
    assert {one.start and one.start.value for one in read(page(shared)).projects[:1]} == {None}


def test_a_start_of_its_own_counts_before_that_of_all() -> None:
    reading = read(page("Prosjektene starter i januar 2031.", own="Prosjektet starter i mai 2031."))
    assert [one.start and one.start.value for one in reading.projects] == ["2031-05", "2031-01"]


def test_a_gain_of_all_projects_is_not_told_of_the_last_one() -> None:
    reading = read(page("Prosjektene skal gi kortere ventetid."))
    assert [len(one.gains) for one in reading.projects] == [2, 0]


@pytest.mark.parametrize(
    ("gain", "modality"),
    [
        ("Nemnda venter at færre klager blir sendt inn.", "potential"),
        ("Nemnda håper å redusere ventetiden.", "potential"),
        ("The tribunal expects fewer complaints.", "potential"),
        ("Målet er kortere ventetid.", "goal"),
    ],
)
def test_what_is_expected_of_a_project_is_a_gain(gain: str, modality: str) -> None:
    assert [one.modality for one in read(page("Slutt.", gain=gain)).projects[1].gains] == [modality]


def test_who_waits_for_somebody_expects_nothing() -> None:
    assert read(page("Slutt.", gain="Nemnda venter på bedre tider.")).projects[1].gains == []


@pytest.mark.parametrize(
    "link",
    ["Gå til hovudinnhald", "Hopp til innholdet", "Skip to content", "Jump to navigation", "Til innhold", "Vis flere"],
)
def test_a_link_of_the_page_itself_is_no_project(link: str) -> None:
    body = (
        f"{link}\n\nHavmyra kommune\nTenester    Politikk    Kontakt oss\n\nTo kommuner får støtte\n\n4. mai 2030\n\n"
        "Varme bad\nLia kommune får 900 000 kroner til prosjektet.\n\n"
        "Stille gater\nVik kommune får 700 000 kroner til prosjektet.\n"
    )
    assert [one[0] for one in projects(read(body))] == ["Varme bad", "Stille gater"]
