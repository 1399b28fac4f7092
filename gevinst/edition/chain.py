"""The chain of editions: each names the one published before it and the sum of that one's sums.

Belongs here: the order in which editions were published, and the sum that each is known by since then.
Does not belong here: making and comparing sums of files (`checksums.py`).
"""

from __future__ import annotations

from contextlib import suppress

from gevinst.edition.checksums import Link, link_of, read_sums
from gevinst.edition.store import Edition, list_editions, published_ids
from gevinst.errors import EditionError
from gevinst.layout import SUMS
from gevinst.settings import Settings


def links(settings: Settings) -> list[Link]:
    """All published editions in the order of publication, each with the sum that it was published with.

    That is the sum which a later edition names, or else the one noted beside the editions: what was noted once is never
    computed again, so that damage cannot pass for the original. An edition without any, published by an earlier version
    of the program, gets the sum that its file has now; one that has no sums at all is left out.
    """
    ids = published_ids(settings)
    editions = sorted(list_editions(settings), key=lambda edition: (edition.built_at, edition.edition_id))
    named = [link for edition in editions if (link := before(edition))]
    # Named twice: first for the order of publication, and last because a later edition is the better witness.
    known = {link.edition_id: link for link in [*named, *noted_links(settings), *named] if link.edition_id in ids}
    for edition_id in [edition.edition_id for edition in editions] + ids:
        if edition_id not in known:
            with suppress(EditionError):
                known[edition_id] = link_of(settings.editions_dir / edition_id)
    return list(known.values())


def last_link(settings: Settings) -> Link | None:
    """The edition published last; `None` before the first."""
    return next(reversed(links(settings)), None)


def before(edition: Edition) -> Link | None:
    """The edition published before this one, as its manifest names it."""
    stated = edition.manifest.get("before")
    return Link(**stated) if isinstance(stated, dict) else None


def noted_links(settings: Settings) -> list[Link]:
    """The editions that the sums beside them name; none when there are no such sums, or they cannot be read."""
    if not (settings.editions_dir / SUMS).exists():
        return []
    with suppress(EditionError):
        sums = read_sums(settings.editions_dir)
        return [Link(name.partition("/")[0], digest) for name, digest in sums.items() if name.endswith(f"/{SUMS}")]
    return []
