"""What every page and file of an edition says when nobody is named who answers for it.

Belongs here: the sentences, put together from what the settings lack.
Does not belong here: what is lacking (`gevinst.settings.SiteOwner`) and how a page or a file shows it.
"""

from __future__ import annotations

from collections.abc import Collection

from gevinst.language.texts import Catalogue


def preliminary(lacking: Collection[str], language: str) -> tuple[str, str] | None:
    """First words and text of the notice that the edition is preliminary; `None` when it lacks nothing."""
    t = Catalogue(language).t
    if not lacking:
        return None
    said = [t(f"frame.banner_preliminary_{name}") for name in lacking]
    return t("frame.banner_preliminary_title"), " ".join((*said, t("frame.banner_preliminary")))
