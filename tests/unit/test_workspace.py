"""Which folder is worked in, and what its scheme is called."""

from pathlib import Path

import pytest

from gevinst.bilingual import LANGUAGES, Bilingual
from gevinst.cli import main
from gevinst.language.terms import of_scheme
from gevinst.language.texts import Catalogue
from gevinst.settings import load_settings
from gevinst.workspace import WorkspaceError, find_workspace, scheme_of
from tests.data.workspaces import workspace


def said(folder: Path, content: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scheme.toml").write_text(content, encoding="utf-8")
    return folder


def test_the_workspace_is_the_one_that_is_named_else_the_nearest_from_here_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = workspace(tmp_path / "one"), workspace(tmp_path / "other")
    (other / "data" / "raw").mkdir(parents=True)
    monkeypatch.chdir(other / "data" / "raw")
    assert find_workspace({}) == other
    assert find_workspace({"GEVINST_WORKSPACE": str(one)}) == one
    monkeypatch.chdir(one)
    assert find_workspace({"GEVINST_WORKSPACE": ""}) == one, "an empty variable counts as not set"


def test_a_named_folder_that_is_no_workspace_is_refused_though_one_lies_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace(tmp_path) / "inside").mkdir()
    with pytest.raises(WorkspaceError, match=r"inside is no workspace: it has no scheme.toml.*gevinst init"):
        find_workspace({"GEVINST_WORKSPACE": str(tmp_path / "inside")})
    (tmp_path / "scheme.toml").unlink()
    monkeypatch.chdir(tmp_path / "inside")
    with pytest.raises(WorkspaceError, match="is no workspace") as refused:
        find_workspace({})
    assert "er ikke et arbeidsområde" in refused.value.message("nb")


def test_a_scheme_has_one_name_or_one_in_each_language(tmp_path: Path) -> None:
    one = said(tmp_path / "one", '[scheme]\nname = "Fondet"\n')
    both = said(tmp_path / "both", '[scheme]\nname_nb = "Fondet"\nname_en = "The Fund"\nlanguage = "en"\n')
    assert scheme_of(one).name == Bilingual("Fondet", "Fondet")
    assert scheme_of(one).language == "nb"
    assert (scheme_of(both).name, scheme_of(both).language) == (Bilingual("Fondet", "The Fund"), "en")


def test_a_scheme_may_say_which_country_its_projects_are_in(tmp_path: Path) -> None:
    stated = said(tmp_path / "stated", '[scheme]\nname = "Fondet"\ncountry = "NO"\n')
    silent = said(tmp_path / "silent", '[scheme]\nname = "Fondet"\n')
    assert (scheme_of(stated).country, scheme_of(silent).country) == ("NO", None)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "key scheme.name: must be a text on one line, such as name ="),
        ("scheme = 3\n", "key scheme, value «3»: should be a table, [scheme]"),
        ("[scheme]\n", "key scheme.name: must be a text on one line"),
        ('[scheme]\nname = ""\n', "must be a text on one line"),
        ('[scheme]\nname = "a\\nb"\n', "must be a text on one line"),
        ('[scheme]\nname = "{year}"\n', "must be a text on one line"),
        ("[scheme]\nname = 2016\n", "must be a text on one line"),
        ('[scheme]\nname_nb = "Fondet"\n', "must be a text on one line"),
        ('[scheme]\nname = "x"\nnavn = "y"\n', "key scheme.navn: is unknown; use name, name_nb, name_en, language"),
        ('[scheme]\nname = "x"\nlanguage = "sv"\n', "key scheme.language, value «sv»: write nb or en"),
        ('[scheme]\nname = "x"\nalso_called = "y"\n', "key scheme.also_called, value «y»: must be a list of names"),
        ('[scheme]\nname = "x"\nrun_by = "y"\n', "key scheme.run_by, value «y»: must be a list of names"),
        ('[scheme]\nname = "x"\nfunder = 3\n', "key scheme.funder, value «3»: must be a text on one line"),
        (
            '[scheme]\nname = "x"\ncountry = "Norge"\n',
            "key scheme.country, value «Norge»: must be the two capital letters of ISO 3166, such as country =",
        ),
        ('[scheme]\nname = "x"\ncountry = "no"\n', "must be the two capital letters"),
        ('[scheme]\nname = "x"\ncountry = 47\n', "must be the two capital letters"),
        (
            '[scheme]\nname = "x"\n[usual_amounts]\ngrant = [2, 1]\n',
            "key usual_amounts.grant, value «[2, 1]»: must be a",
        ),
        ('[scheme]\nname = "x"\n[usual_amounts]\ngrants = [1, 2]\n', "key usual_amounts.grants: is unknown; use grant"),
        ("[scheme\n", "line 1: the file is not valid TOML"),
    ],
)
def test_what_a_scheme_may_not_say_is_refused_by_its_key(tmp_path: Path, content: str, fault: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        scheme_of(said(tmp_path, content))
    for language in ("nb", "en"):
        assert "scheme.toml" in refused.value.message(language)
    assert fault in refused.value.message("en")


def test_all_that_a_scheme_may_not_say_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as refused:
        scheme_of(said(tmp_path, '[scheme]\nname = 1\nlanguage = "sv"\ncurency = "EUR"\ncountry = 47\n'))
    assert len(refused.value.message("nb").splitlines()) == 4
    assert "er ukjent" in refused.value.message("nb") and "Er det currency?" in refused.value.message("nb")


def test_a_scheme_says_who_runs_it_besides_who_awards_its_grants(tmp_path: Path) -> None:
    assert scheme_of(said(tmp_path / "none", '[scheme]\nname = "x"\n')).bodies == ()
    several = '[scheme]\nname = "x"\nfunder = "Etaten"\nrun_by = ["Etaten", "Rådet"]\n'
    assert scheme_of(said(tmp_path / "several", several)).bodies == ("Etaten", "Rådet")


TERM = """
[[term]]
id = "{id}"
nb = {{ names = ["trappa"], forms = ["trappen"], meaning = "En arbeidsmåte." }}
en = {{ names = ["the stairs"], {meaning} }}
"""


def test_the_terms_of_its_way_of_working_are_its_own(tmp_path: Path) -> None:
    whole = TERM.format(id="trappa", meaning='meaning = "A way of working."')
    own = list(of_scheme(said(tmp_path / "own", f'[scheme]\nname = "x"\n{whole}')))
    assert [(one.term_id, one.wordings["nb"].forms) for one in own] == [("trappa", ("trappen",))]
    with pytest.raises(WorkspaceError, match="3 needs an id"):
        list(of_scheme(said(tmp_path / "number", 'term = 3\n[scheme]\nname = "x"\n')))
    assert list(of_scheme(said(tmp_path / "without", '[scheme]\nname = "x"\n'))) == []


@pytest.mark.parametrize(("id_", "meaning"), [("trappa", "forms = []"), ("gevinst", 'meaning = "A way of working."')])
def test_a_term_that_is_not_whole_or_has_the_id_of_another_is_refused(tmp_path: Path, id_: str, meaning: str) -> None:
    folder = said(tmp_path, f'[scheme]\nname = "x"\n{TERM.format(id=id_, meaning=meaning)}')
    with pytest.raises(WorkspaceError, match=f"{id_} needs an id of its own, and nb and en with names and a meaning"):
        list(of_scheme(folder, {"gevinst"}))


def test_texts_call_the_scheme_what_its_workspace_does_in_their_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(tmp_path, '[scheme]\nname_nb = "Fondet"\nname_en = "The Fund"\n')
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path))
    assert Catalogue("nb").t("frame.site_name") == "Gevinster i Fondet"
    assert Catalogue("en").t("frame.site_name") == "Benefits of The Fund"
    said(tmp_path, '[scheme]\nname = "Noe helt annet"\n')
    assert Catalogue("nb").t("frame.site_name") == "Gevinster i Noe helt annet"


def test_workspaces_on_one_machine_share_no_place(tmp_path: Path) -> None:
    one, other = (load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path / name))}) for name in ("one", "other"))
    for name in ("raw_dir", "marts_dir", "cache_dir", "working_dir", "editions_dir", "tables_dir"):
        assert getattr(one, name).is_relative_to(tmp_path / "one")
        assert getattr(other, name).is_relative_to(tmp_path / "other")


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_speak_the_language_of_the_scheme_unless_another_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert main(["init", str(tmp_path / "fund"), "--name", "The Fund", "--language", language]) == 0
    capsys.readouterr()
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path / "fund"))
    file = tmp_path / "register.csv"
    file.write_text("Project,Year\nA,2024\n", encoding="utf-8")
    other = next(one for one in LANGUAGES if one != language)
    assert main(["map", str(file), "--out", str(tmp_path / "own.toml")]) == 0
    assert main(["map", str(file), "--out", str(tmp_path / "other.toml"), "--language", other]) == 0
    words = {"nb": "Koblingen er foreslått", "en": "The mapping is proposed"}
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(words[language]) and second.startswith(words[other])
