"""What comes back: entered as the owner's own word, all or none, and everything else refused in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gevinst.contracts.vocabulary import REMINDER
from gevinst.findings import IntakeError
from gevinst.follow_up.answers import enter, look
from gevinst.follow_up.ask import SHEET, Asking, asked_of, newest_edition_of
from gevinst.follow_up.letters import thanks_text
from gevinst.follow_up.texts import Words
from gevinst.intake.undo import undo
from gevinst.settings import Settings
from tests.pipeline.follow_up.conftest import ASKED_ON, LATER, YEAR, file_of, saved

Table = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def settings(asked_settings) -> Settings:
    return asked_settings


@pytest.fixture
def asking(settings) -> list[Asking]:
    """Everybody that was asked, as reminders would find them."""
    return asked_of(newest_edition_of(settings, YEAR), settings, REMINDER, LATER, "nb")


@pytest.fixture
def one(asking) -> Asking:
    """An owner that was asked about a project with benefits and without a plan."""
    return next(one for one in asking if any(not b["benefit_plan_id"] for b in one.form["projects"][0]["benefits"]))


@pytest.fixture
def keys(one) -> tuple[str, str, str]:
    """The project, one of its benefits without a plan, and what keys about that benefit begin with."""
    project = one.form["projects"][0]
    benefit = next(found for found in project["benefits"] if not found["benefit_plan_id"])
    return project["project_id"], benefit["benefit_id"], f"{project['project_id']}.{benefit['benefit_id']}"


@pytest.fixture
def come_back(settings, tmp_path) -> Callable[..., Any]:
    """Enter files of a folder: `come_back({"a.json": content})`; gives what was read, and what was entered."""

    def come_back(files: dict[str, Any], received_on: date = LATER) -> Any:
        folder = tmp_path / f"back-{len(list(tmp_path.glob('back-*')))}"
        for name, content in files.items():
            if isinstance(content, bytes):
                folder.mkdir(exist_ok=True)
                (folder / name).write_bytes(content)
            else:
                file_of(folder, name, content)
        looked = look([folder], settings, received_on)
        return looked, enter(looked.answers, [folder], settings, lambda *_: None)

    return come_back


def measured(of: str, **own: Any) -> dict[str, Any]:
    """A benefit that is measured."""
    found = {"outcome": "measured", "baseline": "31", "value": "12,5", "unit": "days", "measured_on": "2025-03"}
    return {f"{of}.{name}": value for name, value in {**found, "measured_by": "owner", **own}.items()}


def test_an_answer_becomes_dated_rows_that_say_that_the_owner_says_so(one, keys, come_back, table) -> None:
    project, benefit, of = keys
    before = {name: len(table(name)) for name in ("status_assessments", "benefit_claims", "benefit_measurements")}
    answers = {
        "role": "prosjektleder",
        f"{project}.known_is_right": "outdated",
        f"{project}.status": "i_bruk",
        f"{project}.status_since": "2025-03",
        f"{project}.statement": "Alle bruker det.",
        **measured(of, method="Eget register"),
        f"{project}.obstacles": ["mangler_driftsmidler"],
        f"{project}.planned": "Ny måling",
        f"{project}.planned_on": "2028",
    }
    come_back({"svar.json": saved(one.form, answers)})
    source = next(row for row in table("sources") if row["document_type_code"] == "owner_answer")
    assert (source["publisher"], source["published_on"]) == (one.form["owner_name"], LATER)
    assert "prosjektleder" in source["note_nb"]
    status = next(row for row in table("status_assessments") if row["source_id"] == source["source_id"])
    assert (status["status_code"], status["assessed_on"], status["stated_by_code"]) == ("i_bruk", LATER, "owner")
    claim = next(row for row in table("benefit_claims") if row["source_id"] == source["source_id"])
    assert (claim["benefit_id"], claim["evidence_code"], claim["stated_by_code"]) == (benefit, "malt_oppgitt", "owner")
    value = next(row for row in table("benefit_measurements") if row["source_id"] == source["source_id"])
    assert (value["measured_value"], value["measured_on"], value["measured_precision"]) == (
        12.5,
        date(2025, 3, 1),
        "month",
    )
    plan = next(row for row in table("benefit_plans") if row["benefit_plan_id"] == value["benefit_plan_id"])
    assert (plan["benefit_id"], plan["baseline_value"], plan["unit_code"]) == (benefit, 31.0, "days")
    planned = table("planned_evaluations")[-1]
    assert (planned["planned_on"], planned["planned_precision"]) == (date(2028, 1, 1), "year")
    rows = {row["benefit_id"]: row for row in table("answers")}
    assert rows[None]["obstacle_codes"] == "mangler_driftsmidler" and rows[None]["answered_on"] == LATER
    assert rows[benefit]["answered_outcome_code"] == "measured"
    rounds = {row["assessment_round_id"]: row["assessor_role_code"] for row in table("assessment_rounds")}
    assert rounds[status["assessment_round_id"]] == "owner"
    assert {name: len(table(name)) - count for name, count in before.items()} == dict.fromkeys(before, 1)


@pytest.mark.parametrize(
    ("outcome", "evidence"),
    [("came", "oppgitt"), ("not_yet", None), ("not_came", None), ("dropped", None), ("vet_ikke", None)],
)
def test_only_what_came_becomes_a_claim_and_every_outcome_but_ignorance_is_kept(
    one, keys, come_back, table, outcome, evidence
) -> None:
    _, benefit, of = keys
    come_back({"svar.json": saved(one.form, {f"{of}.outcome": outcome, "role": "leder"})})
    claims = [row for row in table("benefit_claims") if row["source_id"].startswith("svar-")]
    assert [row["evidence_code"] for row in claims] == ([evidence] if evidence else [])
    kept = [row["answered_outcome_code"] for row in table("answers") if row["benefit_id"] == benefit]
    assert kept == ([] if outcome == "vet_ikke" else [outcome])


def test_measured_without_a_baseline_is_told_and_is_no_measurement_against_one(one, keys, come_back, table) -> None:
    of = keys[2]
    answers = measured(of)
    del answers[f"{of}.baseline"]
    come_back({"svar.json": saved(one.form, answers)})
    claim = next(row for row in table("benefit_claims") if row["source_id"].startswith("svar-"))
    assert (claim["modality_code"], claim["evidence_code"]) == ("realised_self_reported", "oppgitt")
    assert any(row["measured_value"] == 12.5 for row in table("benefit_measurements"))


def test_entering_a_file_again_brings_nothing_and_undoing_takes_all_of_it_back(
    one, keys, come_back, table, settings
) -> None:
    before = {path: path.read_bytes() for path in settings.raw_dir.rglob("*.csv")}
    answer = {"svar.json": saved(one.form, {f"{keys[0]}.status": "i_bruk"})}
    _, appended = come_back(answer)
    again, nothing = come_back(answer)
    assert again.answers == [] and nothing.added == ()
    assert "ført inn før" in again.notes[0].sentence("nb")
    undo(settings.raw_dir, appended.receipt.receipt_id)
    assert {path: path.read_bytes() for path in before} == before


def test_a_later_answer_stands_beside_the_earlier_one_and_is_the_newest(one, keys, come_back, table) -> None:
    project = keys[0]
    come_back({"svar.json": saved(one.form, {f"{project}.status": "provd_ut"})})
    come_back({"svar.json": saved(one.form, {f"{project}.status": "i_bruk"}, on=LATER + timedelta(days=9))},
              LATER + timedelta(days=9))  # fmt: skip
    said = [row for row in table("answers") if row["project_id"] == project]
    assert sorted((row["answered_on"], row["answered_status_code"]) for row in said) == [
        (LATER, "provd_ut"),
        (LATER + timedelta(days=9), "i_bruk"),
    ]
    assert len({row["answer_id"] for row in said}) == 2


def test_an_answer_that_contradicts_what_is_known_is_a_disagreement_with_both_sides(asking, come_back, table) -> None:
    high = ("i_bruk", "spredt", "delvis_i_bruk")
    found = next(one for one in asking if one.form["projects"][0]["status_code"] in high)
    project = found.form["projects"][0]["project_id"]
    come_back({"svar.json": saved(found.form, {f"{project}.known_is_right": "wrong", f"{project}.status": "innsikt"})})
    sides = [row for row in table("disagreements") if row["disagreement_id"].startswith(f"{project}-eiersvar")]
    assert len(sides) == 2 and len({row["source_id"] for row in sides}) == 2
    assert {row["disagreement_kind_code"] for row in sides} == {"status"}
    status = next(row for row in table("status_assessments") if row["source_id"].startswith("svar-"))
    assert status["step_reason_code"] == "ikke_oppgitt"


def test_a_step_down_that_the_owner_gives_no_reason_for_says_so_also_where_the_solution_is_in_use(
    asking, come_back, table
) -> None:
    pairs = [(one, project) for one in asking for project in one.form["projects"]]
    one, project = next(found for found in pairs if found[1]["status_code"] == "spredt")
    come_back({"svar.json": saved(one.form, {f"{project['project_id']}.status": "i_bruk"})})
    (row,) = table("status_assessments")
    assert (row["status_code"], row["step_reason_code"]) == ("i_bruk", "ikke_oppgitt")


def test_both_files_of_one_answer_are_entered_once_and_two_that_differ_are_refused(one, keys, come_back) -> None:
    project = keys[0]
    answer = saved(one.form, {f"{project}.status": "i_bruk"})
    looked, _ = come_back({"a.json": answer, "b.json": json.dumps(answer, indent=4)})
    assert len(looked.answers) == 1 and "sier det samme som a.json" in looked.notes[0].sentence("nb")
    other = saved(one.form, {f"{project}.status": "stanset"}, on=LATER)
    with pytest.raises(IntakeError, match=r"says something else than a\.json of the same form and day"):
        come_back({"a.json": saved(one.form, {f"{project}.status": "spredt"}), "b.json": other})


def filled_in(one: Asking, answers: dict[str, Any]) -> bytes:
    """The workbook that came with the form, with these answers."""
    book = load_workbook(BytesIO(one.attached[SHEET]))
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[5].value in answers:
            row[3].value = answers[row[5].value]
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_whoever_has_no_browser_answers_in_the_workbook_with_words_months_and_numbers(
    one, keys, come_back, table
) -> None:
    project, _, of = keys
    words = Words("nb")
    answers = {
        f"{project}.status": words("status_delvis_i_bruk"),
        f"{project}.status_since": "mars 2025",
        f"{project}.obstacles": f"{words('obstacles_mangler_driftsmidler')}; {words('obstacles_eierskap_uavklart')}",
        **measured(of, value=12.5, measured_on="03.2025", measured_by=words("measured_by_owner"), unit="dager"),
        f"{of}.outcome": words("outcome_measured"),
    }
    come_back({"skjema.xlsx": filled_in(one, answers)}, date(2027, 3, 5))
    row = next(row for row in table("answers") if row["benefit_id"] is None)
    assert (row["answered_on"], row["answered_status_code"]) == (date(2027, 3, 5), "delvis_i_bruk")
    assert (row["answered_status_on"], row["answered_status_precision"]) == (date(2025, 3, 1), "month")
    assert row["obstacle_codes"] == "mangler_driftsmidler eierskap_uavklart"
    assert any(found["measured_value"] == 12.5 for found in table("benefit_measurements"))


REFUSED: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "cut off": (lambda said: json.dumps(said)[:200], "cut off or no file of the form"),
    "empty": (lambda said: "", "cut off or no file of the form"),
    "not a number of JSON": (lambda said: '{"a": NaN}', "cut off or no file of the form"),
    "nested a hundred thousand times": (lambda said: "[" * 100_000, "cut off or no file of the form"),
    "of another program": (lambda said: {"grants": [1]}, "no answer to a form from here"),
    "a list": (lambda said: [said], "no answer to a form from here"),
    "answers that are a list": (lambda said: {**said, "answers": []}, "no answer to a form from here"),
    "a format that is a number": (lambda said: {**said, "format": 1}, "no answer to a form from here"),
    "an older format": (lambda said: {**said, "format": "gevinst-owner-answer/0"}, "is of version 0 of the form"),
    "another edition": (lambda said: {**said, "edition_id": "2031-1"}, "made from edition 2031-1, which is not here"),
    "a path for an edition": (lambda said: {**said, "edition_id": "../../etc"}, "which is not here"),
    "another checksum": (lambda said: {**said, "prefilled_sha256": "0" * 64}, "what it held was changed"),
    "another owner": (lambda said: {**said, "owner_id": "nobody"}, "what it held was changed"),
    "another form": (lambda said: {**said, "form_id": "2026-1-nobody"}, "what it held was changed"),
    "a day before the edition": (lambda said: {**said, "answered_on": "2020-01-01"}, "the day of the answer is no day"),
    "a day to come": (lambda said: {**said, "answered_on": "2031-01-01"}, "the day of the answer is no day"),
    "ten megabytes": (lambda said: {**said, "answers": {"role": "x" * 10_000_000}}, "too large to be an answer"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_answer_to_what_was_sent_is_refused_in_one_sentence_and_changes_nothing(
    name, one, keys, come_back, settings
) -> None:
    change, sentence = REFUSED[name]
    before = {path: path.read_bytes() for path in settings.raw_dir.rglob("*") if path.is_file()}
    good = saved(one.form, {f"{keys[0]}.status": "i_bruk"})
    with pytest.raises(IntakeError) as refused:
        come_back({"bad.json": change(good)})
    assert len(refused.value.findings) == 1
    assert str(refused.value).startswith("bad.json") and sentence in str(refused.value)
    assert refused.value.message("nb") != str(refused.value)
    assert {path: path.read_bytes() for path in settings.raw_dir.rglob("*") if path.is_file()} == before


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no status": ({"{p}.status": "ferdig"}, "the answer is none of these; choose: Under way"),
    "no number": ({"{b}.value": "omtrent tolv"}, "the answer is no number; write the number alone"),
    "a number of many digits": ({"{b}.value": "1e999"}, "the answer is no number; write the number alone"),
    "no month": ({"{p}.status_since": "2025-13"}, "the answer is no month or year"),
    "no year": ({"{p}.status_since": "i fjor"}, "the answer is no month or year"),
    "after the answer": ({"{p}.status_since": "2029"}, "the time is after the answer was given"),
    "an unknown field": ({"{p}.salary": "1"}, "the form has no such field"),
    "a field of another project": ({"another.status": "i_bruk"}, "the form has no such field"),
    "an object for a text": ({"{p}.statement": {"a": 1}}, "the answer is no text"),
    "yes for a text": ({"{p}.statement": True}, "the answer is no text"),
    "a name": ({"{p}.statement": "Spør Kari Nordmann"}, "write a role instead"),
    "an e-mail address": ({"role": "kari@kommune.no"}, "write a role instead"),
    "a telephone number": ({"{p}.document": "ring 91 23 45 67"}, "write a role instead"),
    "a long text": ({"{p}.statement": "a " * 3_000}, "has more than 4000 characters"),
    "an unknown unit": ({"{b}.unit": "favner"}, "the unit is not known; choose:"),
    "money": ({"{b}.unit": "kroner"}, "the unit is not known; choose:"),
    "measured without a value": (
        {"{b}.outcome": "measured"},
        "the answer lacks «Now»",
    ),
    "a value without a unit": ({"{b}.value": "3"}, "the answer lacks «Unit»"),
    "a plan without a time": ({"{p}.planned": "Ny måling"}, "the answer lacks «When?»"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_is_told_with_file_field_value_and_remedy(name, one, keys, come_back, table) -> None:
    project, _, of = keys
    answers, sentence = WRONG[name]
    written = {key.format(p=project, b=of): value for key, value in answers.items()}
    with pytest.raises(IntakeError) as refused:
        come_back({"svar.json": saved(one.form, {f"{project}.known_is_right": "right", **written})})
    said = str(refused.value)
    assert sentence in said and "svar.json, column " in said
    assert "91 23 45 67" not in said and "Nordmann" not in said and "kari@" not in said
    assert table("answers") == []


def test_all_faults_of_all_files_are_told_at_once_and_one_bad_file_keeps_all_out(asking, come_back, table) -> None:
    first, second = asking[:2]
    project = first.form["projects"][0]["project_id"]
    bad = saved(first.form, {f"{project}.status": "ferdig", f"{project}.status_since": "da"})
    good = saved(second.form, {f"{second.form['projects'][0]['project_id']}.status": "i_bruk"})
    with pytest.raises(IntakeError) as refused:
        come_back({"a.json": bad, "b.json": good, "c.json": "{"})
    assert [finding.file for finding in refused.value.findings] == ["a.json", "a.json", "c.json"]
    assert table("answers") == []


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "=1+1", "@SUM(A1)", "'; drop table answers; --", "{{ 7 * 7 }}"]
)
def test_what_could_run_elsewhere_is_text_here(text, one, keys, come_back, table) -> None:
    project = keys[0]
    come_back({"svar.json": saved(one.form, {f"{project}.statement": text})})
    assert table("answers")[0]["statement_nb"] == text


def test_signs_that_nobody_sees_are_refused_with_their_place(one, keys, come_back, table) -> None:
    with pytest.raises(IntakeError, match=r"svar\.json, .*\[U\+202E\]abc.*signs that nobody sees"):
        come_back({"svar.json": saved(one.form, {f"{keys[0]}.statement": "\u202eabc"})})
    assert table("answers") == []


def test_a_form_that_nobody_logged_as_sent_is_refused(one, keys, come_back, settings) -> None:
    project, log = keys[0], settings.raw_dir / "evaluations" / str(ASKED_ON.year) / "requests.csv"
    log.write_text(log.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(IntakeError, match="no request is logged for the form"):
        come_back({"svar.json": saved(one.form, {f"{project}.status": "i_bruk"})})


def test_whoever_answered_is_not_reminded_and_is_thanked(one, keys, come_back, ask) -> None:
    come_back({"svar.json": saved(one.form, {f"{keys[0]}.status": "i_bruk"})})
    reminded = [other.owner_id for other in ask(REMINDER, LATER)]
    assert one.owner_id not in reminded and reminded
    assert "1.\N{NO-BREAK SPACE}mars 2027" in thanks_text(one.form, LATER, "nb", None)


def test_an_answer_in_english_is_kept_in_english_too(one, keys, come_back, table) -> None:
    answers = {f"{keys[0]}.statement": "Everybody uses it."}
    come_back({"answer.json": saved(one.form, answers, language="en")})
    row = table("answers")[0]
    assert (row["statement_nb"], row["statement_en"]) == ("Everybody uses it.", "Everybody uses it.")


def test_a_file_that_is_not_there_is_named(settings) -> None:
    with pytest.raises(IntakeError, match=r"svar.json: the file does not exist"):
        look([Path("svar.json")], settings, LATER)
