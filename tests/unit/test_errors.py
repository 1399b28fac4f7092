"""What goes wrong in a run is said in the language that was asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.edition.checksums import verify_files
from gevinst.edition.store import edition_in_force, find_edition
from gevinst.errors import GevinstError
from gevinst.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(load_settings({}), marts_dir=tmp_path)


def said(error: pytest.ExceptionInfo[GevinstError]) -> dict[str, str]:
    return {language: error.value.message(language) for language in LANGUAGES}


def test_an_edition_that_is_not_there_is_said_in_both_languages(settings: Settings) -> None:
    with pytest.raises(GevinstError) as none:
        find_edition(settings, None)
    assert said(none)["nb"].startswith("ingen utgave gjelder ennå")
    with pytest.raises(GevinstError) as unknown:
        find_edition(settings, "2031-1")
    assert said(unknown) == {
        "nb": "utgave 2031-1 finnes ikke; disse finnes: ingen",
        "en": "there is no edition 2031-1; there are none",
    }


def test_what_somebody_has_done_to_the_folder_by_hand_is_said_in_both_languages(settings: Settings) -> None:
    settings.current.mkdir()
    with pytest.raises(GevinstError) as no_link:
        edition_in_force(settings)
    assert "må være en lenke til en utgave" in said(no_link)["nb"]
    with pytest.raises(GevinstError) as no_sums:
        verify_files(settings.current)
    assert "mangler SHA256SUMS og er ikke hel; hent den fra en kopi, eller bygg den på nytt" in said(no_sums)["nb"]


def test_an_error_without_words_in_bokmaal_keeps_its_english_ones() -> None:
    assert GevinstError("wrong").message("nb") == "wrong"
    assert GevinstError("wrong", "galt").message("nb") == "galt"
    assert GevinstError("wrong", "galt").message("en") == str(GevinstError("wrong", "galt")) == "wrong"
