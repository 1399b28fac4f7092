from pathlib import Path

import pytest

from gevinst.settings import SettingsError, SiteOwner, load_settings

PROJECT = Path(__file__).parents[2]


def test_paths_start_at_the_folder_that_holds_the_package():
    settings = load_settings({})

    assert settings.root == PROJECT
    assert settings.raw_dir == PROJECT / "data" / "raw"
    assert settings.working_database == PROJECT / "data" / "marts" / "working" / "gevinst.duckdb"
    assert settings.current == PROJECT / "data" / "marts" / "current"


def test_root_raw_and_marts_can_be_moved_for_a_dry_run(tmp_path):
    settings = load_settings({"GEVINST_ROOT": str(tmp_path), "GEVINST_MARTS_DIR": str(tmp_path / "dry")})

    assert settings.raw_dir == tmp_path / "data" / "raw"
    assert settings.editions_dir == tmp_path / "dry" / "editions"
    assert settings.candidates_dir == tmp_path / "dry" / "candidates"
    assert load_settings({"GEVINST_RAW_DIR": str(tmp_path / "raw")}).raw_dir == tmp_path / "raw"


def test_the_owner_of_the_pages_is_not_stated_until_the_installation_says_so(tmp_path):
    environment = {"GEVINST_ROOT": str(tmp_path)}
    assert load_settings(environment).owner == SiteOwner(None, None, None)

    (tmp_path / "gevinst.toml").write_text('[owner]\nresponsible_body = "Etaten"\n', encoding="utf-8")
    assert load_settings(environment).owner == SiteOwner(responsible_body="Etaten")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[owner]\nresponsible_bodi = "Etaten"\n', "may hold the tables \\[owner\\] with"),
        ("[rules]\nstale_after_months = 3\n", "may hold the tables \\[owner\\] with"),
        ('[owner]\ncontact = ""\n', "must be a text that is not empty"),
        ("[owner\n", "is not valid TOML"),
        ("owner = 3\n", "may hold the tables"),
        ('[notify]\nsmtp_host = "mail.example.org"\n', "smtp_host needs sender and recipients beside it"),
        ('[notify]\nsmtp_port = "25"\n', "smtp_port in .notify. must be a number from 1 to 65535"),
        ("[notify]\nsmtp_port = 0\n", "smtp_port in .notify. must be a number from 1 to 65535"),
        ('[notify]\nsmtp_security = "ssl"\n', "smtp_security must be starttls or tls or none, not ssl"),
        ('[notify]\nwebhook_url = "chat.example.org"\n', "webhook_url must begin with https://"),
        ('[notify]\nlanguage = "nn"\n', "language must be nb or en, not nn"),
        ('[notify]\nsmtp_password = "x"\n', "may hold the tables"),
        ('[site]\nurl = "https://example.org"\n', r"\[site\] with base_url, landing_page_url"),
        ('[site]\nbase_url = "example.org"\n', "base_url must begin with https://, not be example.org"),
    ],
)
def test_a_configuration_that_says_something_unknown_is_refused_by_name(tmp_path, content, reason):
    (tmp_path / "gevinst.toml").write_text(content, encoding="utf-8")

    with pytest.raises(SettingsError, match=rf"gevinst\.toml.*{reason}"):
        load_settings({"GEVINST_ROOT": str(tmp_path)})


def test_addresses_are_relative_until_the_installation_says_where_its_editions_are_served(tmp_path):
    environment = {"GEVINST_ROOT": str(tmp_path)}
    assert load_settings(environment).site.of_edition("2026-1") == "./"

    for written in ("https://example.org/gevinst", "https://example.org/gevinst/"):
        (tmp_path / "gevinst.toml").write_text(f'[site]\nbase_url = "{written}"\n', encoding="utf-8")
        assert load_settings(environment).site.of_edition("2026-1") == "https://example.org/gevinst/2026-1/"
