"""A mapping that a person edits: what it says, and every fault in it at once."""

from pathlib import Path

import pytest

from gevinst.findings import IntakeError
from gevinst.mapping.mapping_file import quoted, read_mapping
from gevinst.mapping.targets import suggested, targets

RIGHT = """\
to = "projects"
[source]
id = "registeret"
title = "Registeret"
publisher = "Fondet"
[columns]
"Navn" = "projects.name"
"Eier" = ["owner.name", "owner.level_code"]
"År" = "rounds.cohort_year"
[codes."projects.sector_code"]
"Byutvikling" = { code = "byutvikling", reason = "Et eget område.", nb = "Byutvikling", en = "Urban development" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "kobling.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_says_where_columns_go_and_what_texts_stand_for_whatever_their_capitals(tmp_path: Path) -> None:
    mapping = read_mapping(written(tmp_path, RIGHT))
    assert mapping.headings_of("owner.level_code") == ["Eier"]
    code = mapping.code_of("projects.sector_code", " BYUTVIKLING ")
    assert code is not None and code.labels == ("Byutvikling", "Urban development")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('to = "projects"', 'to = "ting"', "skriv projects"),
        ('"Navn" = "projects.name"\n', "", "ingen kolonne går til projects.name"),
        ('"År" = "rounds.cohort_year"\n', "", "ingen kolonne sier når et prosjekt ble tildelt"),
        ('"rounds.cohort_year"', '"rounds.cohort_yer"', "Er det rounds.cohort_year?"),
        ('title = "Registeret"\n', "", "mangler; skriv det under [source]"),
        (', reason = "Et eget område."', "", "mangler kode eller begrunnelse"),
        (', en = "Urban development"', "", "trenger navn på begge språk"),
        ("[columns]", "[colums]", "er ukjent; bruk to, sheet"),
        ('publisher = "Fondet"', 'publisher = "Fondet"\nread_on = "i går"', "skal være en dag"),
        ("[codes.", '[times]\n"projects.name" = 1000\n[codes.', "er ikke et beløp ganget"),
        (
            "[codes.",
            '[codes."benefits.benefit_code"]\n"Tid" = { code = "tid", reason = "x", nb = "a", en = "b" }\n[codes.',
            "kan ikke utvides",
        ),
    ],
)
def test_a_fault_of_a_mapping_is_told_with_what_to_do(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RIGHT
    with pytest.raises(IntakeError) as refused:
        read_mapping(written(tmp_path, RIGHT.replace(old, new, 1)))
    assert said in refused.value.message("nb")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as refused:
        read_mapping(written(tmp_path, RIGHT.replace("projects.name", "x.y").replace("reason =", "hvorfor =")))
    assert len(refused.value.findings) > 2


@pytest.mark.parametrize("text", ['«"»', "a\\b", "linje\nskift", "\x7f", "Norsk æøå"])
def test_any_heading_survives_being_written(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, RIGHT.replace('"Navn"', quoted(text)))
    assert read_mapping(path).headings_of("projects.name") == [text]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Prosjektnavn", "projects.name"),
        ("recipientOrganization/*/name", "owner.name"),
        ("recipientOrganization/*/id", "owner.external_id"),
        ("GMPP ID Number", "projects.external_id"),
        ("Project - Start Date (Latest Approved Start Date)", "project_events.started_on"),
        ("ecMaxContribution", "project_grants.grant_amount"),
        ("Saksnr.", "projects.external_id"),
        ("TILDELT BELØP I KR", "project_grants.grant_amount"),
        ("Tilskuddsmottakar", "owner.name"),
        ("masterCall", "rounds.name"),
        ("Valuta", "project_grants.currency_code"),
        ("Funding Org:Name", "funders.name"),
    ],
)
def test_a_heading_is_known_in_either_language_and_in_layouts_of_others(heading: str, target: str) -> None:
    assert target in [one.name for one in suggested(heading)]


def test_every_target_says_in_both_languages_what_it_is() -> None:
    assert len(targets()) > 20
    assert all(one.what("nb") and one.what("en") for one in targets().values())
