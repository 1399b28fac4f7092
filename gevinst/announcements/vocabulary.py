"""Labels of fields and headings of sections, in bokmål, nynorsk and English.

Belongs here: which words introduce which field, and which headings stand inside a project and name none.
Does not belong here: what the fields hold (`fields.py`) and which heading names a project (`headings.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LABELS: dict[str, tuple[str, ...]] = {
    "name": (
        "prosjektnavn", "prosjektnamn", "navn på prosjektet?", "namn på prosjektet?", "prosjekttittel", "prosjekt",
        "prosjektets navn", "namnet på prosjektet", "tittel", "project name", "project title",
        "name of (?:the )?project",
        "project", "title", "tiltak", "prosjektet", "innovasjonsprosjekt",
    ),
    "owners": ("prosjekteiere", "prosjekteigarar", "eiere", "eigarar", "project owners", "owners"),
    "owner": (
        "virksomhet(?:er)?", "verksemd(?:er)?", "ansvarlige? virksomhet(?:er)?", "ansvarlege? verksemd(?:er)?",
        "etat(?:er|ar)?", "eier", "eigar", "prosjekteier", "prosjekteigar", "tiltakseier", "tiltakseigar",
        "oppdragsgiver(?:e)?", "oppdragsgjevar(?:ar)?", "oppdragsgivar(?:ar)?", "kunde", "søker", "søkjar", "søkar",
        "hovedsøker", "hovudsøkjar", "eierorganisasjon", "eiervirksomhet", "eigarverksemd",
        "prosjektansvarlig virksomhet",
        "ansvarleg", "ansvarlig", "hvem", "kven", "tildelt", "mottaker(?:e)?", "mottakar(?:ar)?", "virksomhetens navn",
        "involverte (?:aktører|aktørar|virksomheter|verksemder|parter|partar|etater|etatar)", "aktører", "aktørar",
        "deltakende virksomheter", "deltakande verksemder", "virksomhet\\(er\\)", "verksemd\\(er\\)", "organisasjon",
        "owner", "project owner", "lead (?:organi[sz]ation|agency|partner)",
        "responsible (?:organi[sz]ation|agency|body)",
        "organi[sz]ations?", "agency", "agencies", "client", "commissioned by", "public bod(?:y|ies)", "applicant",
        "stakeholders", "actors(?: involved)?", "involved (?:actors|parties|organi[sz]ations|agencies)",
        "participating (?:organi[sz]ations|agencies)", "entity", "entities", "municipality", "kommune",
        "hovedansvarlig",
        "hovudansvarleg", "prosjekteier(?:virksomhet)?",
    ),
    "partners": (
        "prosjektdeltak(?:ere|arar)", "prosjektdeltagere", "deltakere", "deltagere", "deltakarar",
        "samarbeidspart(?:ner|nere|nar|narar|er|ar)?", "samarbeidsaktører", "samarbeidsaktørar", "partner(?:e)?",
        "partnarar", "prosjektpartner(?:e)?", "prosjektpartnarar", "samarbeid med", "i samarbeid med", "sammen med",
        "saman med", "samarbeider med", "andre (?:deltakere|deltakarar|aktører|aktørar|virksomheter|verksemder)",
        "øvrige (?:deltakere|aktører|virksomheter|samarbeidspartnere)", "medvirkende", "medverkande", "også med",
        "med på laget", "partners?", "project partners?", "participants?", "project participants?", "collaborators?",
        "collaborating (?:partners?|organi[sz]ations?)", "cooperation partners?",
        "in (?:cooperation|collaboration) with",
        "together with", "with",
    ),
    "suppliers": (
        "(?:valgte? |valde |vald |utvalgte? )?leverandør(?:er|ar|ane|ene)?", "leverandør\\(er\\)",
        "leverandør/konsulent",
        "konsulent(?:er|ar|selskap|firma)?", "rådgivere?", "rådgjevar(?:ar)?", "designbyrå", "byrå", "oppdragstaker",
        "oppdragstakar", "(?:chosen |selected )?suppliers?", "(?:chosen |selected )?vendors?", "consultants?",
        "consultancy", "consultancies", "contractors?", "design agency", "service providers?", "leveranse ved",
    ),
    "period": (
        "prosjektperiode(?:n)?", "periode", "varighet", "tidsrom", "tidsperiode", "prosjekttid", "varigheit", "lengd",
        "når", "project period", "period", "duration", "timeline", "time frame", "tid",
    ),
    "start": ("start", "oppstart", "prosjektstart", "startdato", "oppstartsdato", "start date", "started", "begynte"),
    "end": ("slutt", "avslutning", "avslutta", "avsluttet", "sluttdato", "prosjektslutt", "end", "end date", "ended",
            "completed", "ferdig", "ferdigstilt", "avslutting"),
    "grant": (
        "støtte", "stønad", "tilskudd", "tilskot", "tildelt (?:beløp|støtte|sum)", "beløp", "tildeling",
        "stimulab-midler",
        "støtte fra stimulab", "støtte frå stimulab", "grant", "funding", "amount(?: awarded)?", "award",
        "tilskuddsbeløp",
    ),
    "status": ("status", "fase", "prosjektstatus", "phase", "project status"),
    "published": (
        "publisert", "sist endret", "sist endra", "sist oppdatert", "oppdatert", "dato", "published", "last updated",
        "last changed", "updated", "last modified", "date", "publiseringsdato", "først publisert", "fyrst publisert",
    ),
    "publisher": ( "utgiver", "utgjevar", "utgivar", "avsender", "publisert av", "publisher", "published by",
        "kjelde", "kilde" ),
    "person": (
        "kontakt(?:person(?:er|ar)?)?", "kontaktinformasjon", "telefon", "tlf\\.?", "mobil", "e-post(?:adresse)?",
        "epost",
        "pressetelefon", "pressekontakt", "prosjektleder(?:e)?", "prosjektleiar(?:ar)?", "prosjektledelse",
        "prosjektgruppe",
        "prosjektgruppa", "prosjektteam", "styringsgruppe", "styringsgruppa", "beslutningstakere", "beslutningstakarar",
        "avgjerdstakarar", "foto", "fotograf", "tekst", "av", "skrevet av", "skrive av", "journalist", "contact",
        "contact person", "contacts", "phone", "telephone", "e-?mail", "address", "adresse",
        "project (?:manager|leader|group|team)", "photo",
        "steering group", "decision[- ]makers", "author", "written by", "journalist", "sakshandsamar", "saksbehandler",
    ),
    "other": (
        "kunngjøringsdato", "kunngjeringsdato", "frist(?: for [a-zæøå -]+)?", "søknadsfrist",
        "frist for prekvalifisering",
        "løsningstype", "behovsområde", "segment", "risiko", "strategimål", "nøkkelinformasjon", "leveransedato",
        "ferdigstilt og levert", "publisert under", "tema", "emneord", "kategori", "fagområde", "sektor", "metode",
        "deadline", "category", "topic", "topics", "tags", "announcement date", "theme", "les mer", "les også", "fakta",
        "målgruppe", "target group", "budsjett", "egenfinansiering", "eigenfinansiering", "medfinansiering", "kroner",
        "lesetid", "del", "sted", "stad", "tilleggsfinansiering", "anskaffelse", "prosedyre", "utlysning",
    ),
}  # fmt: skip
"""Patterns of labels by field; several labels of one field say what differs (`owners` are all owners)."""

ANCHORS = ("name", "owner", "owners", "partners", "suppliers")
"""Fields that make lines a block about a project."""

GAIN_SECTIONS: dict[str, tuple[str, ...]] = {
    "potential": (
        "forvent(?:ede|a|et) (?:gevinster?|gevinstar|effekter|effektar|nytte|nytteverdi)", "mulige gevinster",
        "moglege gevinstar", "gevinstpotensial(?:et)?", "potensielle gevinster", "potensielle gevinstar",
        "(?:expected|potential|possible) (?:benefits|gains|effects|impacts?)", "benefit potential",
        "hvilke gevinster (?:forventes|venter vi oss)", "kva gevinstar er venta", "potensial(?:et)?",
    ),
    "goal": (
        "formål(?:et)?", "føremål(?:et)?", "mål(?:et)?", "prosjektets mål", "måla? (?:med|for|til) prosjektet",
        "effektmål", "hva vil vi oppnå", "kva vil vi oppnå", "goals?", "aims?", "purpose", "objectives?",
        "ønskede gevinster", "ønskte gevinstar", "hva skal vi oppnå",
    ),
    "reported": (
        "(?:noen |nokre )?identifiserte (?:gevinster|gevinstar)",
        "(?:noen |nokre )?(?:oppnådde|realiserte) (?:gevinster|gevinstar|resultater|resultat)",
        "gevinster", "gevinstar", "gevinst", "effekter", "effektar", "nytte", "resultater og gevinster",
        "hva har vi oppnådd",
        "kva har vi oppnådd", "(?:identified |achieved |reali[sz]ed |reported )?(?:benefits|gains|effects)",
        "results, outcomes & impacts", "outcomes", "impacts?", "results and (?:benefits|gains|impacts?)",
        "effekter så langt", "hva ble effekten", "(?:gevinster|effekter) (?:så langt|til nå)",
    ),
    "documented": ("målte (?:gevinster|effekter|resultater)", "målte (?:gevinstar|effektar|resultat)",
                   "dokumenterte (?:gevinster|effekter)", "dokumenterte (?:gevinstar|effektar)",
                   "(?:measured|documented) (?:benefits|gains|effects|results)"),
    "measures": (
        "(?:noen |nokre )?iverksatte tiltak", "(?:noen |nokre )?iverksette tiltak", "some measures(?: tested)?",
        "(?:noen |nokre )?tiltak som (?:ble|blei|vart) (?:testet|testa|prøvd(?: ut)?)", "measures (?:tested|taken)",
        "leveranser",
        "leveransar", "deliverables", "tiltak", "prosess og tiltak",
    ),
    "result": (
        "resultat(?:er|a|et)?", "results?", "løsning(?:en)?", "løysing(?:a)?", "status",
        "hva skjer i prosjektet\\??", "kva skjer i prosjektet\\??", "solution",
        "hva har skjedd", "vår løsning", "our solution", "effekter", "outcome", "læringspunkter", "veien videre",
    ),
}  # fmt: skip
"""Headings whose section speaks of gains, by what the section's plain statements then are."""

SECTIONS = (
    "prosjektets utfordring", "prosjektet si utfordring", "utfordring(?:en|a|ar|er)?", "stimulabs vurdering",
    "stimulab si vurdering", "vår vurdering", "vurdering(?:en|a)?", "om prosjektet", "om prosjekta", "om prosjektene",
    "behovet som skal dekk(?:es|jast|ast)", "behov(?:et)?", "bakgrunn", "bakgrunn og behov", "prosess",
    "prosess og tiltak",
    "innsikt og prosess", "innsikt", "prosess/verktøy/metod(?:er|ar)", "prosess, verktøy og metoder", "metode",
    "kontakt", "kontaktinformasjon",
    "nøkkelinformasjon", "fakta", "sammendrag", "samandrag", "på denne siden", "på denne sida", "innhold", "innhald",
    "system", "individ", "kultur", "kort fortalt", "kort om prosjektet", "problem(?:et)?", "problemstilling(?:en)?",
    "hva er problemet\\??", "hva gjør prosjektet\\??", "fremdrift", "framdrift", "tiltak", "oppdrag(?:et)?",
    "vår rolle",
    "the challenge", "challenges?", "the project", "about the project", "background", "need", "the need", "process",
    "method", "approach", "our assessment", "stimulab's assessment", "assessment", "co-creation process", "summary",
    "stakeholders & beneficiaries", "stakeholders and beneficiaries", "key information", "contact", "deltakere", "team",
    "samarbeid", "arbeidet så langt", "målgruppe", "spredning", "overføringsverdi", "brukerinvolvering", "relevans",
    "gjennomføring", "lead", "ingress", "les mer", "read more", "veien videre", "vegen vidare", "next steps",
    "erfaringer",
    "prosjekter", "prosjekt", "prosjekta", "prosjektene", "projects", "the projects", "key facts", "what happens next",
)  # fmt: skip
"""Other headings that stand inside a project or above all of them."""

_BY_FIELD = {name: re.compile(rf"(?:{'|'.join(words)})", re.IGNORECASE) for name, words in LABELS.items()}
_SECTION = re.compile(rf"(?:{'|'.join(SECTIONS)})", re.IGNORECASE)
_GAIN_SECTION = {name: re.compile(rf"(?:{'|'.join(words)})", re.IGNORECASE) for name, words in GAIN_SECTIONS.items()}
_LABELLED = re.compile(r"^(?P<label>[^\W\d_][^:?!.]{0,44}?)\s*(?::|\s[–—]\s(?=\S))\s*(?P<value>.*)$")
_ALONE = {"name", "owner", "owners", "partners", "suppliers", "period", "start", "end", "status", "person", "grant"}
_NEVER_ALONE = re.compile(
    r"(?:prosjekt(?:et)?|project|title|tittel|tiltak|av|with|start|end|slutt|hvem|kven|når|tid|kommune|client|"
    r"kunde|eier|"
    r"søker|tildelt|date|dato|award|agency|period|sammen med|saman med|støtte|tekst|status|partner(?:e|s)?|deltakere|"
    r"organisasjon|completed|ferdig)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the beginning of a line: its field, the value after it, and where in the line that begins."""

    field: str
    value: str
    offset: int


def label_of(text: str) -> Label | None:
    """The label that a line begins with; `None` when it begins with none that is known.

    A label needs its colon (or a dash with blanks for those that cannot be read otherwise); `bare_label_of` reads
    labels that stand alone on a line without one.
    """
    match = _LABELLED.match(text)
    if not match:
        return None
    label = match["label"].strip().strip("*_ ")
    is_dash = text[match.end("label") : match.start("value")].strip() not in (":", "**:", ":**")
    for name, pattern in _BY_FIELD.items():
        if pattern.fullmatch(label):
            if is_dash and (name in ("person", "other", "published", "publisher") or _NEVER_ALONE.fullmatch(label)):
                return None
            value = match["value"].strip().removeprefix("**").strip()
            return Label(name, value, len(text) - len(match["value"]))
    return None


def bare_label_of(text: str, *, of_table: bool = False) -> str | None:
    """Field of a label that is the whole line, such as a heading of a column; short words only in a table."""
    bare = text.strip().strip("*_: ")
    for name, pattern in _BY_FIELD.items():
        if pattern.fullmatch(bare):
            return name if of_table or (name in _ALONE and not _NEVER_ALONE.fullmatch(bare)) else None
    return None


def gain_section_of(text: str) -> str | None:
    """What a heading makes of the statements under it (a key of `GAIN_SECTIONS`); `None` for other headings."""
    bare = text.strip().rstrip(":?").strip("*_ ")
    return next((name for name, pattern in _GAIN_SECTION.items() if pattern.fullmatch(bare)), None)


def is_section(text: str) -> bool:
    """Whether a heading is one that stands inside a project, or above all, and so names none."""
    bare = text.strip().rstrip(":?").strip("*_ ")
    return bool(_SECTION.fullmatch(bare) or gain_section_of(bare))
