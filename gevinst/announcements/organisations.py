"""Names of organisations: told apart, split from lists, and shared out between owner and partners.

Belongs here: what looks like an organisation, where one name ends and the next begins, and groups without a name.
Does not belong here: looking names up in the registry (`draft.py`) and finding the list on the page (`fields.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gevinst.announcements.persons import is_person, is_title

_ORG_WORD = re.compile(
    r"\b(?:kommune|fylkeskommune|[Bb]ydel|HF|RHF|DPS|AS|ASA|SA|KF|IKS|NAV|Nav|KS|foretaksgruppe|"
    r"[Ss]tatsforvalter\w*|[Ff]ylkesmann\w*|"
    r"[Pp]olitiet|politidistrikt|Helse (?:Sør|Vest|Midt|Nord)\w*|DOGA|Digdir|Difi|DFØ|IMDi|UDI|NVE|OsloMet|NTNU|"
    r"(?i:\w*(?:direktorat(?:et)?|departement(?:et)?|verket|vesenet|vesen|etaten|etat|tilsynet|sykehus(?:et)?|"
    r"sjukehus(?:et)?|hospital|universitet(?:et)?|"
    r"høgskol[ae]n?|høyskole[n]?|institutt(?:et)?|registeret|registrene|registera|forvaltningen|forvaltninga|"
    r"forbund(?:et)?|organisasjon|sent(?:er|eret)|sentralen|"
    r"bibliotek(?:et)?|museet|museum|ombudet|kassen|kassa|fondet|stiftelsen|stiftinga|nemnda|nemnd|byrået|"
    r"myndighet(?:en)?|foretaket|føretak(?:et)?|foretak|"
    r"selskapet|foreningen|foreininga|forening|akademiet|arkivet|domstolen|domstoladministrasjonen|rådet|klinikken|"
    r"avdelinga|avdelingen))|"
    r"Statsbygg|Statped|Skatteetaten|Kartverket|Lånekassen|"
    r"Directorate|Board|Ministry|Agency|Municipality|County|Authority|Hospital|University|Institute|Council|"
    r"City of|Inspectorate|"
    r"Administration|Registry|Register|Police|Trust|Foundation|Museum|Library|Association|Cent(?:re|er)|District)\b"
)
_ACRONYM = re.compile(r"\([A-ZÆØÅ][A-Za-zÆØÅæøå-]{1,9}\)$")
_PREPOSITION = re.compile(r"\s(?:i|for|ved|hos|av|til|med|på|om|fra|frå|mot|og|in|at|to|with|from|on)\s", re.IGNORECASE)
_NOT_ORG = re.compile(
    r"^(?:prosjekt\w*|målet|formålet|vi|de|dei|det|dette|denne|disse|desse|alle|begge|flere|fleire|mange|"
    r"stimulab\w*|ordningen|ordninga|"
    r"løsningen|tjenesten|tenesta|tilbudet|brukerne|brukarane|innbyggerne|innbyggjarane|regjeringen|regjeringa|han|"
    r"hun|ho|resultatet|en|ei|ein|et|eit|"
    r"nå|no|her|slik|når|hvis|gjennom|i|på|for|med|ved|som|men|og|da|så|til|fra|etter|the project|this|it|we|they|"
    r"the scheme|stimulab|she|he|these|"
    r"all|both|many|several|in|at|for|with|after|when|if|as|årets|tjenestene|tenestene|samarbeidet|arbeidet|teamet|"
    r"leverandøren|leverandørene|leverandørane|deltakerne|deltakarane|midlene|midla|støtten|støtta|pengene|"
    r"virksomhetene|verksemdene|erfaringene|"
    r"prosjektene|prosjekta|ansatte|tilsette|brukere|brukarar|innbyggere|innbyggjarar|hvordan|korleis|hva|kva|how|"
    r"what|leverandører|leverandørar|"
    r"søkere|søkarar|søknader|søknadene|metoden|modellen|satsingen|satsinga|planen|tiltaket|tiltakene|tiltaka|"
    r"gevinsten|gevinstene)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:(?:(?:deltag|deltak)\w+de?|utvalgte?|utvalde|noen|nokre|flere|fleire|andre|øvrige|aktuelle|lokale|ulike|"
    r"relevante|private|statlige|statlege|kommunale|"
    r"involverte|berørte|frivillige|frivillege|næringslivet|næringsliv|several|selected|other|local|various|some|"
    r"relevant|voluntary|private|\d+|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti)"
    r"(?:\s|$).*|(?:kommuner|kommunar|kommunene|kommunane|fylkeskommuner|fylkeskommunar|virksomheter|verksemder|"
    r"tillitsvalgte|tillitsvalde|"
    r"brukerorganisasjoner|brukarorganisasjonar|brukere|brukarar|ansatte|tilsette|innbyggere|innbyggjarar|"
    r"pårørende|frivillighet\w*|frivillige organisasjoner|"
    r"næringsliv\w*|fagmiljøer|fagmiljø|pasienter|pasientar|forskere|fastleger|fastlegar|municipalities|users|"
    r"residents|employees|"
    r"businesses|volunteers|unions|statsforvalterembete\w*|statsforvaltarembete\w*|NAV kommunalt)(?:\s+(?:i|fra|"
    r"frå|på|in|from)\b.*)?)$",
    re.IGNORECASE,
)
_AND_MORE = re.compile(
    r"(?:,?\s*(?:og|and|samt)\s+)?(?:,\s*)?\b(?:med flere|med fleire|m\.?\s?fl\.?|mfl\.?|et al\.?|and others|"
    r"og andre|o\.l\.|m\.m\.|blant annet|"
    r"mellom anna|blant andre|among others)(?=\W|$)",
    re.IGNORECASE,
)
WITH = re.compile(
    r"\s*[,(]?\s*(?:\bi (?:tett |nært |nær )?sam(?:arbeid|spill) med|\bsammen med|\bsaman med|\btogether with|"
    r"\bin (?:close )?(?:cooperation|collaboration|partnership) with|\balong with|\bmed (?:deltakelse|"
    r"deltaking) (?:fra|frå))\s+(?:blant (?:annet|andre) )?",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:og|and|samt|&amp;)\s+|\s+(?:as well as|i tillegg til|og så|og dessuten)\s+")
_PART_OF = re.compile(
    r"^(?:Bydel|Seksjon|Avdeling|Klinikk|Enhet|Eining|Etat for|Avdeling for|Seksjon for|Klinikk for)\b|\bDPS$|\bbydel$",
    re.I,
)
_WHOLE = re.compile(r"\b(?:kommune|HF|RHF|sykehus|sjukehus)\b")
_LIST_OF_MUNICIPALITIES = re.compile(r"^(?:kommunene|kommunane|kommunar|the municipalities of)\s+(?=[A-ZÆØÅ])")
_TOPIC_OF = re.compile(
    r"^(?:The )?(?:Norwegian )?(?:Ministry|Directorate|Department|Institute|Agency|Authority|Office|Council|"
    r"University) (?:of|for) [\w ]+$"
)


@dataclass(slots=True)
class Named:
    """Names in a list, in order: before and after the words that mean together with, and groups without a name."""

    first: list[str] = field(default_factory=list)
    along: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def is_organisation(text: str) -> bool:
    """Whether `text` looks like the name of an organisation."""
    bare = text.strip(" .,:;")
    if not bare or len(bare) > 110 or _NOT_ORG.match(bare) or not (bare[0].isupper() or bare[0].isdigit()):
        return False
    if len(bare.split()) > 12 or re.search(r"[?!«»]", bare) or is_person(bare):
        return False
    if re.fullmatch(r"[A-ZÆØÅ]{2,6}|[A-Z][a-z]?[A-Z]\w{1,4}", bare):
        return True
    return bool(_ORG_WORD.search(_head(bare)))


def is_scheme(owner: str) -> bool:
    """Whether an organisation is one of those that run the scheme, and speaks as such."""
    return bool(re.search(r"\b(?:Digdir|Difi|DOGA|Digitaliseringsdirektoratet|Design[- ]og arkitektur Norge)\b", owner))


def may_be_organisation(text: str) -> bool:
    """Whether `text` looks like an organisation, or ends with an abbreviation in brackets as their names often do."""
    return is_organisation(text) or (text[:1].isupper() and bool(_ACRONYM.search(text)))


def _head(name: str) -> str:
    """The words that say what a name is the name of: those before the first preposition.

    A hyphen that waits for its word (`Arbeids- og velferdsdirektoratet`) and names of regions belong to the head.
    """
    for match in _PREPOSITION.finditer(name):
        before = name[: match.start()]
        if before.endswith("-") or re.search(r"(?:Møre|Sogn|Troms|Vestfold|Helse [\w-]+)$", before):
            continue
        if match[0].strip().lower() == "og" and re.search(
            r"^[\w-]+ (?:kommune|R?HF|fylkeskommune)$", name[match.end() :]
        ):
            continue
        return before
    return name


def is_pronoun(text: str) -> bool:
    """Whether a subject is a word that names no organisation, such as `the project` or `we`."""
    return bool(_NOT_ORG.match(text.strip()))


def is_group(text: str) -> bool:
    """Whether `text` stands for several without naming them, such as `kommuner`."""
    return bool(_GROUP.match(text.strip(" .,:;")))


def named_in(value: str) -> Named:
    """The organisations that a list names; persons and titles are left out."""
    found = Named()
    for index, part in enumerate(WITH.split(_AND_MORE.sub("", value))):
        for name in split_names(part):
            if is_group(name) or (name[:1].islower() and not is_organisation(name[:1].upper() + name[1:])):
                found.groups.append(name)
            elif not (is_person(name) or is_title(name) or _is_contact(name)):
                (found.along if index else found.first).append(name)
    return found


def split_names(value: str) -> list[str]:
    """The names in a list, in order, each without the comma, `og` or bullet that parted them."""
    bare = value.strip().strip("•-– ").rstrip(";, ")
    pieces: list[str] = []
    for chunk in re.split(r"\s*[;\n•]\s*|\s+[/+]\s+|\s+\|\s+", bare):
        pieces += _at_ands(_at_commas(chunk))
    plural = _LIST_OF_MUNICIPALITIES.match(pieces[0]) if pieces else None
    if plural:
        pieces[0] = pieces[0][plural.end() :]
        pieces = [p if is_organisation(p) or is_group(p) else f"{p} kommune" for p in pieces]
    elif len(pieces) > 1 and re.search(r"\bkommun(?:er|ar)$", pieces[-1]) and not is_group(pieces[-1]):
        names = [re.sub(r"\s+kommun(?:er|ar)$", "", p) for p in pieces]
        pieces = [n if is_organisation(n) else f"{n} kommune" for n in names]
    return [name for name in (_tidy(piece) for piece in pieces) if name]


def _at_commas(chunk: str) -> list[str]:
    """Parted at commas, but not after a hyphen, inside brackets, or between a part and the whole it belongs to."""
    pieces: list[str] = []
    for piece in re.split(r"\s*,\s*(?![^()]*\))", chunk):
        before = pieces[-1] if pieces else ""
        if before.endswith("-") or (
            before and _PART_OF.search(before) and _WHOLE.search(piece) and not _AND.search(piece)
        ):
            pieces[-1] = f"{before}, {piece}"
        elif before and piece.lower().startswith(("og ", "and ", "samt ")):
            pieces.append(piece.split(" ", 1)[1])
        elif piece:
            pieces.append(piece)
    return pieces


def _at_ands(pieces: list[str]) -> list[str]:
    """Parted at `og` and `and`, but not where the word belongs to a name."""
    found: list[str] = []
    for piece in pieces:
        parts = _AND.split(piece)
        kept = parts[:1]
        for part in parts[1:]:
            if _belongs(kept[-1], part):
                joint = piece[piece.find(kept[-1]) + len(kept[-1]) :].split(part, 1)[0]
                kept[-1] = f"{kept[-1]}{joint}{part}"
            else:
                kept.append(part)
        found += kept
    return found


def _belongs(before: str, after: str) -> bool:
    """Whether `before og after` is one name."""
    if before.endswith("-") or before.count("(") > before.count(")"):
        return True
    if after[:1].islower():
        return not is_group(after) and not re.match(r"(?:lokale|noen|andre|flere|ulike|the|tre|to|fire)\b", after)
    if re.match(r"Helse [\w-]+$", before) and re.fullmatch(r"[\w-]+ R?HF", after):
        return True
    if re.search(r"(?:Møre|Sogn|Troms|Vestfold|Nordre)$", before) and re.match(
        r"(?:Romsdal|Fjordane|Finnmark|Telemark|Søre)\b", after
    ):
        return True
    if re.match(r"(?:Stats\w+|Fylkesmannen) i [\w-]+$", before) and re.fullmatch(r"[A-ZÆØÅ][a-zæøå]+", after):
        return not is_organisation(after)
    if _TOPIC_OF.match(before) and not _ORG_WORD.search(after) and not re.fullmatch(r"[A-Z]{2,6}", after):
        return True
    return bool(re.fullmatch(r"Design|Design-|Ernst|Bing|Helse", before)) and len(after.split()) <= 3


def _tidy(name: str) -> str:
    bare = name.strip().strip("•*_ ").strip('«»"“”').strip()
    bare = re.sub(r"^(?:og|and|samt|ved|v/|med|the)\s+", "", bare)
    bare = re.sub(
        r"\s*\((?:oppdragsgiver|prosjekteier|eier|leverandør|lead|owner|hovedleverandør|underleverandør|"
        r"prosjekteigar|supplier|koordinator)\)",
        "",
        bare,
        flags=re.I,
    )
    if bare.endswith(".") and not re.search(r"\b(?:St|A\.S|Inc|Ltd|Co)\.$", bare):
        bare = bare[:-1]
    bare = bare.rstrip(",;: ")
    if bare.count(")") > bare.count("("):
        bare = bare.rstrip(")")
    return (
        ""
        if re.fullmatch(
            r"(?:ingen|ikke (?:valgt|avklart|bestemt)|ikkje vald|tba|tbd|none|n/?a|-|–|not (?:yet )?(?:selected|"
            r"decided)|under anskaffelse)",
            bare,
            re.I,
        )
        else bare
    )


def _is_contact(name: str) -> bool:
    return bool(
        re.search(r"@|www\.|https?:|\b\d{2} ?\d{2} ?\d{2} ?\d{2}\b|\b(?:tlf|telefon|mobil|phone)\b", name, re.I)
    )
