"""The pages inside an edition: what they link to beside themselves is there."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import PUBLISHED
from gevinst.edition import Provenance, build_edition
from gevinst.edition.pack import pack_page
from gevinst.edition.store import Edition
from gevinst.layout import FRONT, SITE
from gevinst.settings import load_settings
from gevinst.site import build as site_build
from gevinst.site import single_file
from gevinst.site.build import build_site
from gevinst.site.pages import path_of
from gevinst.whole_files import files_below
from tests.data.page_reading import pages, read
from tests.data.small_edition import SMALL_EDITION, small_tables
from tests.data.workspaces import workspace

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole edition of the small tables; figures stay undrawn."""
    tables, out = small_tables(), tmp_path_factory.mktemp("whole")

    def pages_of(folder: Path) -> Mapping[str, str]:
        return build_site(tables, SMALL_EDITION, folder, cache_dir=out / "cache", progress=str).fingerprints

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
        return build_edition(
            tables,
            SMALL_EDITION,
            out / SMALL_EDITION.edition_id,
            pages_of,
            progress=str,
            provenance=Provenance(None, {}, "run-1", datetime(2026, 11, 22, tzinfo=UTC)),
            settings=load_settings({"GEVINST_WORKSPACE": str(workspace(out))}),
        )


@pytest.fixture(scope="module")
def linked(edition: Path) -> dict[str, set[str]]:
    """Files beside the site that pages link to, by the pages that do."""
    found: dict[str, set[str]] = {}
    for path in pages(edition / SITE):
        for tag in read(path).select("a[href]"):
            address = str(tag["href"]).partition("#")[0].partition("?")[0]
            target = (path.parent / unquote(address)).resolve()
            if address and not address.startswith(("https:", "mailto:")) and not target.is_relative_to(edition / SITE):
                page = path.relative_to(edition).as_posix()
                found.setdefault(target.relative_to(edition).as_posix(), set()).add(page)
    return found


def test_every_link_to_a_file_of_the_edition_leads_to_that_file(edition: Path, linked: dict[str, set[str]]) -> None:
    assert linked
    missing = {name: sorted(at)[:3] for name, at in linked.items() if not (edition / name).is_file()}
    assert missing == {}


def test_every_file_of_the_edition_can_be_reached_from_the_method_page(
    edition: Path, linked: dict[str, set[str]]
) -> None:
    # What leads from the address of the folder to the pages is a way in, and nothing to be fetched from them.
    beside = {name for name in files_below(edition) if not name.startswith(f"{SITE}/") and name != FRONT}
    for page in ("site/nb/metode/index.html", "site/en/method/index.html"):
        assert {name for name, at in linked.items() if page in at} == beside
    assert len([name for name in beside if name.endswith(".csv")]) == len(PUBLISHED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_is_packed_as_one_page_that_leads_nowhere_but_into_itself(
    edition: Path, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_file, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    settings = load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))})

    path = pack_page(Edition(edition), language, settings, tmp_path, str)
    first = path.read_bytes()

    assert path.name == f"gevinst-{edition.name}-{language}.html"
    assert pack_page(Edition(edition), language, settings, tmp_path, str).read_bytes() == first
    page = read(path)
    own = [read(edition / SITE / path_of(name, language)[1:]) for name in ("overview", "portfolio")]
    titles = [str(one.select_one("h1").get_text()) for one in own]
    assert [page.select_one(heading).get_text() for heading in ("h1", "h2#portefolje")] == titles
    assert len(page.select("table")) == sum(len(one.select("table")) for one in own)
    ids = {f"#{tag['id']}" for tag in page.select("[id]")}
    assert {link["href"] for link in page.select("a[href]")} - ids <= {
        href for one in own for link in one.select("a[href^='https:'], a[href^='mailto:']") for href in [link["href"]]
    }
