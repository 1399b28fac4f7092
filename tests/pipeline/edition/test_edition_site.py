"""The pages inside an edition: what they link to beside themselves is there."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from gevinst.contracts import PUBLISHED
from gevinst.edition import Provenance, build_edition
from gevinst.edition.checksums import files_below
from gevinst.layout import SITE
from gevinst.settings import load_settings
from gevinst.site import build as site_build
from gevinst.site.build import build_site
from tests.data.page_reading import pages, read
from tests.data.small_edition import SMALL_EDITION, small_tables


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole edition of the small tables; figures stay undrawn."""
    tables, out = small_tables(), tmp_path_factory.mktemp("whole")

    def pages_of(folder: Path) -> None:
        build_site(tables, SMALL_EDITION, folder, cache_dir=out / "cache", progress=str)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
        return build_edition(
            tables,
            SMALL_EDITION,
            out / SMALL_EDITION.edition_id,
            pages_of,
            progress=str,
            provenance=Provenance(None, {}, "run-1", datetime(2026, 11, 22, tzinfo=UTC)),
            settings=load_settings({"GEVINST_ROOT": str(out)}),
        )


@pytest.fixture(scope="module")
def linked(edition: Path) -> dict[str, set[str]]:
    """Files beside the site that pages link to, by the pages that do."""
    found: dict[str, set[str]] = {}
    for path in pages(edition / SITE):
        for tag in read(path).select("a[href]"):
            address = str(tag["href"]).partition("#")[0]
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
    beside = {name for name in files_below(edition) if not name.startswith(f"{SITE}/")}
    for page in ("site/nb/metode/index.html", "site/en/method/index.html"):
        assert {name for name, at in linked.items() if page in at} == beside
    assert len([name for name in beside if name.endswith(".csv")]) == len(PUBLISHED)
