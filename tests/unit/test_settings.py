from pathlib import Path

import pytest

from gevinst.settings import SettingsError, SiteOwner, load_settings
from gevinst.workspace import WorkspaceError
from tests.data.workspaces import workspace

PROJECT = Path(__file__).parents[2]


def written_in(folder: Path, content: str) -> str:
    """Write a table of settings where it belongs and give the name of that file: who answers is the scheme's."""
    name = "scheme.toml" if content.startswith("[owner") else "gevinst.toml"
    before = (workspace(folder) / "scheme.toml").read_text(encoding="utf-8") if name == "scheme.toml" else ""
    (folder / name).write_text(f"{before}\n{content}", encoding="utf-8")
    return name


def test_paths_start_at_the_workspace_that_is_worked_in():
    settings = load_settings({})

    assert settings.root == PROJECT
    assert settings.raw_dir == PROJECT / "data" / "raw"
    assert settings.working_database == PROJECT / "data" / "marts" / "working" / "gevinst.duckdb"
    assert settings.current == PROJECT / "data" / "marts" / "current"


def test_root_raw_and_marts_can_be_moved_for_a_dry_run(tmp_path):
    settings = load_settings(
        {"GEVINST_WORKSPACE": str(workspace(tmp_path)), "GEVINST_MARTS_DIR": str(tmp_path / "dry")}
    )

    assert settings.raw_dir == tmp_path / "data" / "raw"
    assert settings.editions_dir == tmp_path / "dry" / "editions"
    assert settings.candidates_dir == tmp_path / "dry" / "candidates"
    assert load_settings({"GEVINST_RAW_DIR": str(tmp_path / "raw")}).raw_dir == tmp_path / "raw"


def test_the_owner_of_the_pages_is_not_stated_until_the_installation_says_so(tmp_path):
    environment = {"GEVINST_WORKSPACE": str(workspace(tmp_path))}
    assert load_settings(environment).owner == SiteOwner(None, None, None)

    written_in(tmp_path, '[owner]\nresponsible_body = "Etaten"\n')
    assert load_settings(environment).owner == SiteOwner(responsible_body="Etaten")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            '[owner]\nresponsible_bodi = "Etaten"\n',
            "key owner.responsible_bodi: is unknown; use responsible_body, .*Is it responsible_body",
        ),
        ("[rules]\nstale_after_months = 3\n", "key rules: is unknown; use site, notify, large"),
        ('[owner]\ncontact = ""\n', "must be a text that is not empty"),
        ("[owner\n", r"line \d+: the file is not valid TOML"),
        ("site = 3\n", "key site, value «3»: should be a table"),
        ('[notify]\nsmtp_host = "mail.example.org"\n', "smtp_host needs sender and recipients beside it"),
        ('[notify]\nsmtp_port = "25"\n', "key notify.smtp_port, value «[025]+»: must be a number from 1 to 65535"),
        ("[notify]\nsmtp_port = 0\n", "key notify.smtp_port, value «[025]+»: must be a number from 1 to 65535"),
        ('[notify]\nsmtp_security = "ssl"\n', "smtp_security must be starttls or tls or none, not ssl"),
        ('[notify]\nwebhook_url = "chat.example.org"\n', "webhook_url in .notify. must begin with https://"),
        ('[notify]\nlanguage = "nn"\n', "language must be nb or en, not nn"),
        ('[notify]\nsmtp_password = "x"\n', "key notify.smtp_password: is unknown"),
        ('[site]\nurl = "https://example.org"\n', r"key site.url: is unknown; use base_url, landing_page_url"),
        ('[site]\nbase_url = "example.org"\n', r"base_url in .site. .'example.org'. must begin with https://"),
    ],
)
def test_a_configuration_that_says_something_unknown_is_refused_by_name(tmp_path, content, reason):
    name = written_in(tmp_path, content)

    with pytest.raises((SettingsError, WorkspaceError), match=rf"{name}.*{reason}"):
        load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))})


def test_all_that_a_configuration_says_wrong_is_told_at_once_in_both_languages(tmp_path):
    (tmp_path / "gevinst.toml").write_text('[notify]\nsmtp_prt = 25\nsender = ""\n[sight]\nx = 1\n', encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))})
    nb, en = (refused.value.message(language).splitlines() for language in ("nb", "en"))
    assert len(nb) == len(en) == 3, (nb, en)
    assert any("nøkkel notify.smtp_prt: er ukjent" in line and "Er det smtp_port?" in line for line in nb)


def test_addresses_are_relative_until_the_installation_says_where_its_editions_are_served(tmp_path):
    environment = {"GEVINST_WORKSPACE": str(workspace(tmp_path))}
    assert load_settings(environment).site.of_edition("2026-1") == "./"

    for written in ("https://example.org/gevinst", "https://example.org/gevinst/"):
        (tmp_path / "gevinst.toml").write_text(f'[site]\nbase_url = "{written}"\n', encoding="utf-8")
        assert load_settings(environment).site.of_edition("2026-1") == "https://example.org/gevinst/2026-1/"


SECRET = "hunter2"


@pytest.mark.parametrize(
    ("table", "key", "written"),
    [
        *(("site", "base_url", address) for address in (
            "ftp://example.org/", "javascript:alert(1)", "//example.org", "https:example.org", "https://", "https:///x",
            "https://example.org:0/", "https://example.org:99999/", "https://example.org:port/", "https://example.org:/",
            f"https://kari:{SECRET}@example.org/", "https://@example.org/", "https://example.org/a b",
            "https://ex ample.org", "https://example.org/\\nSet-Cookie: a=b", "https://example.org/\\u0000", "https://example.org/\\u200b",
            "https://example.org/\\u202e", "https://example.org/#top", "https://example.org/?a=b", "https://example.org/?",
            "https://example.org\\\\evil.example", 'https://example.org/\\"onload=x', "https://example.org/<script>",
            "https://-example.org/", "https://exa_mple.org/", "https://example..org/", "https://example.org./",
            "https://256.1.1.1/", "https://1.2.3/", "https://[::1/", "https://[x]/", "https://example.org/%zz",
            f"https://{'a' * 64}.org/", f"https://example.org/{'a' * 2_000}", " https://example.org",
            "HTTPS:/example.org",
        )),
        ("site", "landing_page_url", "example.org/om"),
        ("owner", "accessibility_statement_url", "data:text/html,x"),
        ("owner", "responsible_body", "Etaten\\nfor annet"),
        *(("owner", "contact", contact) for contact in (
            "javascript://x", "ring eller post@example.org", "post@", "@example.org",
            "post@example.org\\r\\nBcc: a@b.no", "post@example.org?bcc=a@b.no", "https://x:99999/", "a@b@example.org",
        )),
        *(("notify", "webhook_url", address) for address in (
            f"https://hook.example.org:99999/{SECRET}", f"http:/{SECRET}", f"https://hook.example.org/{SECRET} x",
        )),
        *(("notify", "smtp_host", host) for host in (
            "https://smtp.example.org", "smtp.example.org:25", "smtp example.org", "smtp.example.org\\n", "smtp/x",
            "-x", "user@smtp.example.org", "1.2.3.4.5",
        )),
        *(("notify", "sender", sender) for sender in (
            "gevinst", "gevinst@example.org\\nBcc: a@example.org", "a@example.org, b@example.org",
            "gevinst@exa mple.org", "Gevinst <gevinst@example.org", ".a@example.org", "a..b@example.org",
            f"{'a' * 65}@example.org",
        )),
        *(("notify", "recipients", several) for several in (
            "drift@example.org,", "drift@example.org; post@example.org", "drift@example.org\\r\\nBcc: a@example.org",
            "drift@example.org post@example.org", ",", "drift@example.org, evaluering", "drift: a@example.org;",
        )),
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_or_begins_a_line_of_its_own_is_refused_by_its_key(tmp_path, table, key, written):
    needed = {"smtp_host": "smtp.example.org", "sender": "a@example.org", "recipients": "b@example.org"}
    values = {**(needed if table == "notify" else {}), key: written}
    lines = [f"[{table}]", *(f'{name} = "{value}"' for name, value in values.items())]
    name = written_in(tmp_path, "\n".join(lines))

    with pytest.raises(SettingsError) as refused:
        load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))})
    for language, word in (("nb", "i"), ("en", "in")):
        message = refused.value.message(language)
        assert message.startswith(f"{name}: {key} {word} [{table}]"), message
        assert message.isprintable() and len(message) < 350
        assert SECRET not in message
        assert key == "webhook_url" or written[:4] in message


@pytest.mark.parametrize(
    ("table", "key", "written"),
    [
        *(("site", "base_url", address) for address in (
            "https://example.org", "http://localhost:8000/", "https://gevinst.example.no/data/", "https://blåbær.no/",
            "https://192.0.2.7:8443/x", "https://[2001:db8::7]/x", "https://example.org/%C3%A6/", "https://example.org/ærlig",
        )),
        ("site", "landing_page_url", "https://example.org/om?side=2#data"),
        ("owner", "accessibility_statement_url", "https://uustatus.no/nb/erklaringer/publisert/1#a"),
        ("owner", "responsible_body", "Etaten for «Gevinst» & Ære"),
        *(("owner", "contact", contact) for contact in (
            "post@example.org", "https://example.org/kontakt", "23 45 67 89, hverdager",
            "first.last+tag@sub.example.no",        )),
        ("notify", "webhook_url", "https://hook.example.org/T00/B00?key=x%20y"),
        *(("notify", "smtp_host", host) for host in ("localhost", "smtp.example.org", "192.0.2.7", "2001:db8::7")),
        *(("notify", "sender", sender) for sender in ("gevinst@example.org", "Gevinst <gevinst@example.org>")),
        *(("notify", "recipients", several) for several in (
            "drift@example.org, evaluering@example.org", "drift@example.org,post@localhost",
        )),
    ],
)  # fmt: skip
def test_an_address_that_may_lead_somewhere_is_taken_as_it_is(tmp_path, table, key, written):
    needed = {"smtp_host": "smtp.example.org", "sender": "a@example.org", "recipients": "b@example.org"}
    values = {**(needed if table == "notify" else {}), key: written}
    lines = [f"[{table}]", *(f'{name} = "{value}"' for name, value in values.items())]
    written_in(tmp_path, "\n".join(lines))

    assert getattr(getattr(load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))}), table), key) == written


def test_the_folder_of_what_is_drawn_can_be_moved(tmp_path: Path) -> None:
    assert load_settings({"GEVINST_CACHE_DIR": str(tmp_path / "tegnet")}).cache_dir == tmp_path / "tegnet"
    assert load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))}).cache_dir == tmp_path / ".cache"


@pytest.mark.parametrize(
    ("core", "tables", "is_refused"),
    [
        ("kjerne", "tabeller", False),
        ("felles/kjerne", "felles/tabeller", False),
        ("felles/tabeller/working/kjerne", "felles/tabeller", True),
        ("felles", "felles", True),
        ("felles/x/../kjerne", "felles", True),
    ],
)
def test_the_input_of_a_cluster_never_lies_where_each_run_begins_by_removing(
    tmp_path: Path, core: str, tables: str, is_refused: bool
) -> None:
    lines = ["[large]", f'core = "{core}"', 'spark = "local[1]"', f'tables = "{tmp_path / tables}"']
    (tmp_path / "gevinst.toml").write_text("\n".join(lines), encoding="utf-8")
    if not is_refused:
        assert load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))}).large.core == core
        return
    with pytest.raises(SettingsError, match=r"core in .large. must not lie below tables"):
        load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))})


def test_a_cluster_and_its_tables_are_named_together(tmp_path: Path) -> None:
    (tmp_path / "gevinst.toml").write_text('[large]\nspark = "local[1]"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"spark and tables in .large. need each other"):
        load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))})
