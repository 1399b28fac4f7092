"""The Chromium that draws figures: it asks nobody for anything, and leaves nothing outside its own folder.

Imported where a figure is drawn, as its base takes long to load.

Belongs here: how the browser is started. Does not belong here: drawing (`render.py`).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import MutableMapping, Sequence

from choreographer.browsers.chromium import Chromium

ALONE = (
    "about:blank",  # and not the start page of whoever packed it
    "--host-resolver-rules=MAP * ~NOTFOUND",  # every name and every address, whoever asks for it
    "--no-proxy-server",  # a proxy would be asked instead
    "--disable-background-networking",
    "--disable-extensions",
    "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,DialMediaRouteProvider",
)
"""Chromium asks its maker for updates, the time and who is signed in as soon as it starts, and not all of it can be
turned off: the first rule makes what remains lead nowhere."""
_LONGEST_PLACE = 60
"""Bytes; it makes a socket some way below, whose whole name may have 107, and does not start when it cannot."""


class LonelyChromium(Chromium):
    """Chromium with no network at all. Drawing needs none: pages are files, and commands come through a pipe."""

    def get_cli(self) -> Sequence[str]:
        """The command that starts it."""
        return [*super().get_cli(), *ALONE]

    def get_env(self) -> MutableMapping[str, str]:
        """Its environment: crash reports and settings would otherwise be written to the home of whoever starts it."""
        own = str(self.tmp_dir.path)
        # Where Python found that it can write, which is elsewhere when TMPDIR is full or cannot be written.
        temporary = tempfile.gettempdir() if len(os.fsencode(own)) <= _LONGEST_PLACE else "/tmp"
        return {**super().get_env(), "XDG_CONFIG_HOME": own, "XDG_CACHE_HOME": own, "TMPDIR": temporary}
