"""Each field is described once; tables list names and say only what differs in them."""

from __future__ import annotations

from typing import Any

import pytest

from gevinst.contracts import ALL, CORE, contract
from gevinst.contracts.fields import FIELDS, FieldError, described, listed, override
from gevinst.contracts.model import bilingual, maintained, text


def test_every_column_of_a_table_is_a_described_field() -> None:
    strays = [f"{table.name}.{column.name}" for table in ALL for column in table.columns if column.name not in FIELDS]
    assert strays == []


def test_every_described_field_stands_in_a_table() -> None:
    used = {column.name for table in ALL for column in table.columns}
    assert sorted(set(FIELDS) - used) == []


def test_a_field_that_is_described_twice_is_refused_by_name() -> None:
    first, second = text("wording", "Ordlyden.", "The wording."), text("wording", "Spørsmålet.", "The question.")
    with pytest.raises(FieldError, match="described more than once: wording"):
        described((first,), (second,))


@pytest.mark.parametrize("name", ["no_such_field", "no_such_nb/en", "project_id no_such_field"])
def test_a_table_that_lists_an_unknown_field_is_refused_by_name(name: str) -> None:
    with pytest.raises(FieldError, match="no_such"):
        listed(name)


def test_a_list_of_names_keeps_its_order_and_writes_pairs_out() -> None:
    found = [column.name for column in listed("note_nb/en project_id", "assessed_on/precision")]
    assert found == ["note_nb", "note_en", "project_id", "assessed_on", "assessed_precision"]


def test_an_override_changes_what_it_names_and_nothing_else() -> None:
    (project,) = override("project_id", "Prosjektet, om det er ett.", "The project, if there is one.", required=False)
    assert (project.nb, project.required) == ("Prosjektet, om det er ett.", False)
    assert project.references == FIELDS["project_id"].references
    assert FIELDS["project_id"].required


def test_an_override_of_a_pair_gives_both_languages_their_text_and_their_rule() -> None:
    nb, en = override("note_nb/en", "Forbehold.", "Caveat.", required=True)
    assert (nb.nb, en.en) == ("Forbehold. På bokmål.", "Caveat. In English.")
    assert nb.required and en.required and not en.may_wait


def test_an_override_of_what_a_pair_means_lets_its_english_wait_as_before() -> None:
    nb, en = override("reason_nb/en", "Begrunnelse for trinnet.", "Reason for the step.")
    assert (nb.required, en.required, en.may_wait) == (True, False, True)


def test_the_english_of_a_text_may_wait_whatever_the_norwegian_must_and_its_description_says_what_empty_means() -> None:
    for required in (True, False):
        nb, en = bilingual("name", "Navnet.", "The name.", required=required)
        assert (nb.required, nb.may_wait, en.required, en.may_wait) == (required, False, False, True)
        assert en.nb == "Navnet. På engelsk. Tom så lenge oversettelsen venter; da vises den norske teksten, merket."
        assert (
            en.en
            == "The name. In English. Empty while the translation waits; the Norwegian text is shown then, marked."
        )
    assert [column.required for column in maintained("name", "Navnet.", "The name.", required=True)] == [True, True]


def test_english_may_wait_in_every_table_that_people_enter_and_nowhere_in_lists() -> None:
    english = {(table, table.column(f"{stem}_en")) for table in CORE for stem in table.stems}
    entered = {(table, column) for table, column in english if table.folder != "reference"}
    assert len(entered) > 40
    assert [f"{table.name}.{column.name}" for table, column in entered if column.required or not column.may_wait] == []
    for name in ("codelists", "benefit_categories", "reconciliation_rules", "corrections", "quality_checks"):
        table = contract(name)
        assert table.stems_that_wait == ()
        assert [s for s in table.stems if table.column(f"{s}_nb").required != table.column(f"{s}_en").required] == []


def test_a_result_that_repeats_an_entered_text_lets_its_english_wait_too() -> None:
    for name, stem in (("benefit_overview", "name"), ("planned_realised", "indicator"), ("status_conflicts", "reason")):
        assert not contract(name).column(f"{stem}_en").required
        assert contract(name).column(f"{stem}_nb").required


def test_an_override_of_a_date_leaves_its_precision_described_as_it_is() -> None:
    day, precision = override("measured_on/precision", "Dagen.", "The day.", required=True)
    assert (day.nb, precision.nb) == ("Dagen.", FIELDS["measured_precision"].nb)
    assert day.required and precision.required


@pytest.mark.parametrize("same", [{}, {"required": True}, {"nb": "Prosjektet.", "en": "The project."}])
def test_an_override_that_changes_nothing_is_refused(same: dict[str, Any]) -> None:
    with pytest.raises(FieldError, match="project_id changes nothing"):
        override("project_id", **same)
