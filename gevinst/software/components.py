"""The software that an edition is made with: read from the locks of a checkout, or asked of installed packages.

Belongs here: which of the two is asked.
Does not belong here: reading locks (`locks.py`) and asking packages (`installed.py`).
"""

from __future__ import annotations

from gevinst.checkout import CODE, is_installed
from gevinst.software import installed, locks
from gevinst.software.locks import Component


def made_with() -> tuple[Component, ...]:
    """What an edition is made with and carries: no tools of developers, and nothing for other systems than this one."""
    if not is_installed():
        return locks.made_with()
    return (*installed.needed_packages(), *locks.npm_packages(CODE / locks.FRONTEND, is_for_developers=False))


def everything() -> list[Component]:
    """Every package that something may be known of: of all locks, or what is installed and what the pages carry."""
    if not is_installed():
        return locks.everything()
    return [*installed.all_packages(), *locks.npm_packages(CODE / locks.FRONTEND, is_for_developers=False)]
