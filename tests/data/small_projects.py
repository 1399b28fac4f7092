"""The invented projects, rounds and documents behind the small edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

Row = dict[str, Any]
Member = tuple[str, str]
Status = tuple[str, date, str, str | None]
Claim = tuple[str, str, str, str]


AT = {"source_id": "kilde-a", "source_locator": "linje 12"}
"""Where most rows of the small edition are said to be."""


def both(stem: str, nb: str, en: str | None = None) -> Row:
    """The two language columns of a text."""
    return {f"{stem}_nb": nb, f"{stem}_en": en or f"{nb} (en)"}


@dataclass(frozen=True)
class Project:
    """One invented project with everything that its rows are made of."""

    id: str
    round: str
    short: str
    name: str
    sector: str
    owners: tuple[Member, ...]
    statuses: tuple[Status, ...]
    claims: tuple[Claim, ...] = ()
    partners: tuple[Member, ...] = ()
    suppliers: tuple[Member, ...] = ()
    grant: float | None = None
    started: date | None = None
    source: str = "kilde-a"
    stated_by: str = "scheme"
    is_inferred: bool = False


def _on(year: int, month: int = 1, day: int = 1) -> date:
    return date(year, month, day)


_STAT, _KOMMUNE, _FYLKE, _LEV = (
    ("Etaten", "stat"),
    ("Kommunen", "kommune"),
    ("Fylket", "fylkeskommune"),
    "leverandor",
)
_DESIGN, _RAAD = (("Designbyrået", _LEV),), (("Rådgiverne", _LEV),)
_KNOW = ("new_knowledge_insight", "realised_self_reported", "oppgitt", "virksomhet")
_TIME = ("time_saved_staff", "goal", "forventet", "ansatte")
_USER = ("user_experience", "measured", "dokumentert", "innbygger")

PROJECTS: tuple[Project, ...] = (
    Project(
        "2016-hjelpemidler",
        "2016",
        "Hjelpemidler",
        "Enklere vei til hjelpemidler",
        "helse",
        (_STAT,),
        (
            ("i_gang", _on(2016), "year", None),
            ("provd_ut", _on(2018, 5), "month", None),
            ("spredt", _on(2026, 3, 4), "day", "A"),
        ),
        (_USER, _KNOW, _TIME),
        suppliers=_DESIGN + _RAAD,
        started=_on(2016, 5),
        stated_by="third_party",
    ),
    Project(
        "2016-byggdata",
        "2016",
        "Byggdata",
        "Kunnskap som kan gjenfinnes",
        "bygg_eiendom",
        (_STAT,),
        (("i_gang", _on(2016), "year", None), ("innsikt", _on(2017, 6), "month", "B")),
        (_KNOW,),
    ),
    Project(
        "2018-skyss",
        "2018",
        "Fleksibel skyss",
        "Fleksibel skyss i tettstedet",
        "samferdsel",
        (_KOMMUNE,),
        (
            ("i_gang", _on(2018, 6, 5), "day", None),
            ("innsikt", _on(2019), "year", None),
            ("i_bruk", _on(2025, 2), "month", "A"),
        ),
        (_KNOW, _TIME),
        partners=(_FYLKE,),
        suppliers=_RAAD,
        grant=1_500_000.0,
        started=_on(2019, 2),
    ),
    Project(
        "2018-inneklima",
        "2018",
        "Inneklima",
        "Bedre data om inneklima",
        "klima_miljo",
        (_KOMMUNE, _STAT),
        (
            ("i_gang", _on(2018, 6, 5), "day", None),
            ("provd_ut", _on(2020), "year", None),
            ("viderefort", _on(2023, 4), "month", "B"),
        ),
        (_TIME,),
        suppliers=_DESIGN,
    ),
    Project(
        "2018-nabolag",
        "2018",
        "Nabolaget",
        "Nabolaget som samskaper",
        "lokalsamfunn",
        (_KOMMUNE,),
        (
            ("i_gang", _on(2018, 6, 5), "day", None),
            ("innsikt", _on(2019), "year", None),
            ("stanset", _on(2021, 9), "month", "C"),
        ),
    ),
    Project(
        "2018-gjeld",
        "2018",
        "Egen gjeld",
        "Oversikt over egen gjeld",
        "okonomi_naering",
        (_STAT,),
        (("i_gang", _on(2018, 6, 5), "day", None), ("losning_utviklet", _on(2020), "year", "B")),
        (_KNOW,),
        source="kilde-b",
        is_inferred=True,
        stated_by="owner",
    ),
    Project(
        "2021-pasientplan",
        "2021",
        "Én pasientplan",
        "Én plan for pasienten",
        "helse",
        (("Helseforetaket", "helseforetak"),),
        (("i_gang", _on(2021, 5, 10), "day", None), ("delvis_i_bruk", _on(2024, 8), "month", "A")),
        (_KNOW, _TIME),
        suppliers=_DESIGN,
        stated_by="owner",
    ),
    Project(
        "2021-arbeid",
        "2021",
        "Unge i arbeid",
        "Unge på vei til arbeid",
        "arbeid_velferd",
        (_KOMMUNE, _FYLKE),
        (("i_gang", _on(2021, 5, 10), "day", None), ("provd_ut", _on(2022, 12), "month", "B")),
        (_KNOW,),
    ),
    Project(
        "2021-ukjent",
        "2021",
        "Vakt og beredskap",
        "Vakt og beredskap sammen",
        "justis",
        (_STAT,),
        (("ikke_vurdert", _on(2026, 11, 22), "day", "C"),),
    ),
    Project(
        "2023-byggesak",
        "2023",
        "Byggesak",
        "Byggesak uten sak",
        "bygg_eiendom",
        (_STAT,),
        (("i_gang", _on(2023, 6, 6), "day", "C"),),
        (_TIME, ("automation_self_service", "goal", "forventet", "samfunn")),
        source="kilde-b",
    ),
    Project(
        "2023-skyss-videre",
        "2023",
        "Skyss videre",
        "Fleksibel skyss, andre etappe",
        "samferdsel",
        (_FYLKE,),
        (("i_gang", _on(2023, 6, 6), "day", "C"),),
        partners=(_KOMMUNE,),
        source="kilde-b",
    ),
    Project(
        "2023-rom",
        "2023",
        "Førstelinjen",
        "Rom for førstelinjen",
        "arbeid_velferd",
        (_STAT,),
        (("i_gang", _on(2023, 6, 6), "day", None), ("provd_ut", _on(2026, 2), "month", "B")),
        (("staff_autonomy", "goal", "forventet", "ansatte"),),
        source="kilde-b",
    ),
)

_SOURCE = {
    "publisher": "Ordningen",
    "document_type_code": "award_news",
    "accessed_on": _on(2026, 11, 22),
    "language_code": "nb",
}
SOURCES: list[Row] = [
    {
        **_SOURCE,
        "source_id": "kilde-a",
        "title": "Disse prosjektene får støtte",
        "published_on": _on(2018, 6, 5),
        "published_precision": "day",
        "address": "example.org/stotte",
        "line_reference": "kilde-a.txt",
        **both("note", "Bare første del er lest."),
        "is_partly_read": True,
    },
    {
        **_SOURCE,
        "source_id": "kilde-b",
        "title": "[Oversikt over fire prosjekter]",
        "published_on": _on(2023, 6, 6),
        "published_precision": "month",
        "publisher": "Avisa",
        "document_type_code": "news_article",
    },
]

ROUNDS: list[Row] = [
    {
        "round_id": str(year),
        "cohort_year": year,
        **both("name", f"Runde {year}", f"Round {year}"),
        "awarded_on": _on(year, 6),
        "awarded_precision": "month",
        "source_id": "kilde-a",
        "source_locator": "linje 1",
    }
    for year in (2016, 2018, 2021, 2023)
]
