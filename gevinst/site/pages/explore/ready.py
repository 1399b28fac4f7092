"""The ready questions of the page: their order, and their SQL in one language.

Belongs here: reading ``questions/*.sql``, in which ``{x|y}`` is x in bokmål and y in English.
Does not belong here: the words of a question (``questions.toml``) and running it, which the browser does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from gevinst.bilingual import LANGUAGES

READY = (
    "in_use",
    "measured",
    "promised",
    "follow_up",
    "changes",
    "rounds",
    "sectors",
    "money",
    "weakest",
    "categories",
    "reading",
    "suppliers",
)
"""Names of the questions in the order of the page; a name is also the question's address and is permanent."""
_EITHER = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a reader can run or change: its permanent name, its words and its SQL."""

    name: str
    title: str
    sql: str

    @property
    def shown(self) -> Markup:
        """The SQL as HTML that keeps its lines, which rendering would strip."""
        return Markup("&#10;").join(self.sql.splitlines())


@cache
def sql_of(name: str, language: str) -> str:
    """The SQL of the question called `name`, with columns named in `language`."""
    text = files("gevinst.site.pages.explore").joinpath("questions", f"{name}.sql").read_text(encoding="utf-8")
    return _EITHER.sub(lambda pair: pair[1 + LANGUAGES.index(language)], text).strip()
