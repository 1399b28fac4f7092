"""Statements of gain in the text of a project, and how the page puts them.

Belongs here: which sentences and bullets speak of gains, and whether as potential, goal, reported or documented.
Does not belong here: status (`status.py`) and judging what a gain is worth; money, reach and needs are no gains.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.headings import is_heading
from gevinst.announcements.model import Gain, Line
from gevinst.announcements.persons import names_a_person, without_speaker
from gevinst.announcements.vocabulary import gain_section_of, is_section, label_of
from gevinst.announcements.words import sentences

LONGEST_TEXT = 140
LONGEST_HEADING = 90
MOST_GAINS = 12
_BENEFITS = (
    (
        "fewer_errors_rework",
        r"færre (?:feil|klag|ufullst)|feilretting|fewer (?:errors|complaints)|omarbeid|unødvendige avslag|"
        r"færre henvend|fewer enquiries",
    ),
    (
        "user_participation",
        r"medvirkning|medverknad|samskap|eierskap til|brukerinvolver|co-creat|participation|delaktighet|medbestemm",
    ),
    ("equal_treatment", r"likebehandl|likehandsam|rettssikker|rettstrygg|equal treatment|mer like\b|meir like\b"),
    ("transparency_democracy", r"innsyn\b|åpenhet|openheit|demokrat|transparen"),
    ("prevention", r"forebygg|førebygg|prevent|unngå|avoid"),
    ("health_harm_reduced", r"helseskade|luftforurens|skadeomfang|health damage"),
    ("staff_autonomy", r"handlingsrom|myndiggjør|autonomi|tillit til ansatte|førstelinj|autonomy|room for manoeuvre"),
    ("environment", r"miljø(?!er\b)|utslipp|utslepp|klima|bilbruk|bærekraft|berekraft|emission|environment|sustainab"),
    ("automation_self_service", r"automatiser|selvbetjen|sjølvbeten|selvbetening|automat|self-service"),
    (
        "time_saved_staff",
        r"tidstyv|tidstjuv|spare tid|spar(?:er|t|te) tid|tidsbruk|kortere tid|time saved|save time|saves time|"
        r"raskere saksbehandling|raskare sakshandsaming|working day|arbeidshverdag|færre timer|hours saved",
    ),
    (
        "cost_resource_efficiency",
        r"effektiv|ressursbruk|ressursutnytt|spare|kostnad|sparer|innspar|rasjonell|efficien|resources|cheaper|"
        r"billigere|mindre ressurs",
    ),
    ("business_development", r"næringsutvikl|helsenæring|verdiskap|business develop|for næringslivet"),
    ("supplier_market", r"leverandørmarked|bestillerkompetans|marknaden|supplier market"),
    ("data_reuse", r"gjenbruk|gjenfinn|utnyttelse av .*data|deling av (?:data|kunnskap)|data reuse|reuse of"),
    (
        "life_quality_social_outcome",
        r"livskvalitet|livssituasjon|mestr|meistr|i arbeid\b|utdanning|fullfør|inkluder|utenforskap|utanforskap|"
        r"quality of life|employment|ensomhet|tilbakefør|frihet",
    ),
    (
        "user_experience",
        r"brukervennlig|brukarvennleg|enklere|enklare|oversikt|forutsigbar|føreseieleg|tilgjengelig|tilgjengeleg|"
        r"ventetid|opplevels|opplev|helhetlig|heilskap|smidig|user-friendly|easier|simpler|waiting time|shorter wait|"
        r"tilfreds|fornøyd|nøgd|satisf|trygg",
    ),
    (
        "shared_problem_understanding",
        r"felles (?:problem)?forståelse|felles forståing|common understanding|shared understanding",
    ),
    ("new_collaboration", r"samarbeid|samhandl|samordn|koordiner|collaborat|coordinat|cooperat|samspill|samspel"),
    (
        "innovation_capacity",
        r"innovasjonsevne|innovasjonskraft|kompetanse|nye metoder|ny metode|nye måter|nye måtar|arbeidsform|"
        r"capacity to innovate|competence|skills",
    ),
    ("new_knowledge_insight", r"innsikt|kunnskap|insight|knowledge"),
    ("service_quality", r"kvalitet|quality|bedre tjeneste|betre teneste|better service|treffsikker"),
    ("general_potential", r"gevinst|potensial|benefit|potential|nytte"),
)
_BETTER = re.compile(
    r"\b(?:bedre|betre|økt|økte|auka|auke|øke|raskere|raskare|enklere|enklare|mindre|færre|lavere|lågare|kortere|"
    r"kortare|redusere?[rt]?|reduserte|redusera|reduksjon|spare[rt]?|sparte|spart|"
    r"styrke[rt]?|styrkje|styrka|forbedre[rt]?|forbetr\w*|forenkl\w*|forebygg\w*|førebygg\w*|effektiv\w*|"
    r"gevinst\w*|likebehandl\w*|brukervennlig\w*|brukarvennleg\w*|"
    r"helhetlig\w*|heilskapleg\w*|mer (?!enn\b|av\b|digital)\w+|meir (?!enn\b|av\b)\w+|større (?:grad|handlingsrom|"
    r"tillit|trygghet|kvalitet|delaktighet|forståelse|effekt|mestring|likebehandling)|høyere|høgare|fjern(?:e|ing|"
    r"er|t)|nytte\w*|potensial\w*|tidstyv\w*|selvbetjening|god kvalitet|felles forståelse|"
    r"better|faster|easier|simpler|fewer|shorter|lower|reduc\w+|improv\w+|strengthen\w*|sav(?:e|es|ed|ings)|"
    r"benefit\w*|gains?|increas\w+|prevent\w*|efficien\w+|"
    r"greater|more \w+|less \w+|potential|trygg\w*|mestr\w*|meistr\w*|ny (?:kunnskap|innsikt)|new (?:knowledge|"
    r"insight)|forståelse|unngå\w*|avoid\w*|gjenbruk\w*|økonomisk oversikt)\b",
    re.IGNORECASE,
)
_DOCUMENTED = re.compile(
    r"(?:fra|frå|from)\s+(?:\w+\s+)?\d[\d ,.]*\s*(?:prosent|%|per cent|percent|minutter|minutt|dager|dagar|timer|"
    r"timar|uker|veker|måneder|månader|days|hours|weeks|minutes|months)?\s*(?:til|to)\s+(?:\w+\s+)?\d"
    r"|\b(?:målinger?|målingar?|undersøkels\w+|undersøking\w*|evaluering\w*|survey|measure(?:d|ments?)|"
    r"evaluation)\b.{0,80}\b(?:viser|viste|synte|syner|show\w*|found)\b.{0,120}\d"
    r"|\b(?:redusert|gått ned|økt|auka|falt|fell|sunket|reduced|fell|fallen|increased|rose|dropped|cut|kortet ned|"
    r"gjekk ned|gikk ned)\b.{0,30}\b(?:med|by)\s+(?:\w+\s+)?\d"
    r"|tilsvarende tall(?:et)? før|tilsvarande tal(?:et)? før|sammenlignet med .*før|compared with .* before|"
    r"målt (?:mot|før og etter)|measured against",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"tilsvarende tall(?:et)? før|tilsvarande tal(?:et)? før|compared with .* before", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:har (?:gitt|gjeve|ført til|bidratt|bidrege|medført|fått|gjort|redusert|økt|auka|forbedret|forbetra|"
    r"styrket|styrkt|spart|forenklet|forenkla|skapt|oppnådd|lært|blitt|vorte|vorti|utviklet)|"
    r"ga\b|gav\b|førte til|bidro til|bidrog til|resulterte i|er (?:blitt|vorte|redusert|forbedret|forbetra|styrket|"
    r"nå|no)\b|ble (?:redusert|bedre|enklere|kortere)|vart (?:redusert|betre|enklare)|opplever nå|opplever no|"
    r"opplevde|rapporterer|rapporterte|melder om|fortel om|forteller om|sparer nå|"
    r"has (?:given|led|contributed|resulted|reduced|improved|made|strengthened|become|saved)|have (?:given|led|"
    r"reduced|improved|made|become|saved|experienced)|led to|resulted in|"
    r"gave|contributed to|now (?:experience|have|save)|report(?:s|ed)? (?:that|better|fewer|shorter)|reduced the|"
    r"improved the)\b",
    re.IGNORECASE,
)
_POTENTIAL = re.compile(
    r"(?:potensial|potential|\bkan (?:gi|gje|bidra|føre|spare|redusere|bli|komme|få|forebygge|frigjøre|være|"
    r"innebære|skape|styrke|gjøre|gjere|øke|auke)|\bvil kunne\b|mulighet|moglegheit|\bgir mulighet|\bkunne (?:gi|"
    r"gje|bidra|spare)|"
    r"\b(?:could|may|might|can) (?:give|lead|contribute|reduce|save|improve|make|help|become|result)|possib|"
    r"forvent|expected|vil (?:gi|gje|føre til|resultere|medføre|bidra)\b|"
    r"will (?:give|lead|result|contribute)|gevinstene .* tydelig|store penger å spare)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\b(?:skal|vil|ønsker|ønskjer|will|is to|wants? to|aims? to|målet|formålet|føremålet)\b(?! være| vere|"
    r" sammen med flere andre)",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:målet for|målet med|målet er|formålet|føremålet|the aim|the goal|prosjektets mål)\b", re.IGNORECASE
)
_EXPLORES = re.compile(
    r"\b(?:skal|ønsker|ønskjer|will|is to|wants? to)\b.{0,120}\b(?:hvordan|korleis|om det|how|whether)\b", re.IGNORECASE
)
_GOAL = re.compile(
    r"(?:\bmål(?:et|a|sett\w*|setning\w*)?\b(?! gruppe)|formål|føremål|\bskal\b|ønsker|ønskjer|\bfor å\b|"
    r"\bslik at\b|\bslik er\b|hensikt|\baims?\b|\bgoals?\b|purpose|\bis to\b|\bare to\b|\bwants? to\b|in order to|"
    r"objective|so that|\bsikte\b|ambisjon|\bhvordan\b|\bkorleis\b|\bvil (?:redusere|forbedre|betre|gjøre|gjere|"
    r"styrke|forenkle|skape|sikre|øke|utvikle)|\bwill (?:reduce|improve|make|strengthen|simplify|develop))",
    re.IGNORECASE,
)
_NO_GAIN = re.compile(
    r"\b(?:søknad(?:er|ar|sfrist\w*)?|utlysning\w*|kriteri\w+|informasjonskapsl\w+|leverandør(?:en|ene) (?:skal|"
    r"vil|bistår)|anskaff\w+|kunngjør\w+|nyhetsbrev|egenfinansiering|"
    r"opsjon\w*|tildelt|innbyggere\b(?= (?:i|og har))|deadline|applicants?|procure\w+|forankr\w+|godt organisert|"
    r"modent? og klar)\b",
    re.IGNORECASE,
)


def gains_of(lines: Sequence[Line], *, is_result_page: bool) -> list[Gain]:
    """The statements of gain in a project's lines, in order; at most one for each sentence and bullet.

    `is_result_page` says that the page tells of one project, where plain statements under a heading of results are
    reported; on pages of an award they are not.
    """
    found: list[Gain] = []
    section: str | None = None
    for line in lines:
        if line.is_quiet or line.cells:
            continue
        if _is_heading(line):
            known = gain_section_of(line.text)
            if known or line.level or is_section(line.text) or not line.text.endswith(":"):
                section = known
            if not (label_of(line.text) or (_BETTER.search(line.text) and line.is_bullet)):
                continue
        if labelled := _gain_label(line.text):
            found += _of_text(line, line.text[labelled[1] :], labelled[0], True)
        elif not (label := label_of(line.text)) or label.field == "owner":
            plain = None if section == "measures" or (section == "result" and not is_result_page) else section
            meant = "goal" if plain is None and _AIM.search(line.text) else plain
            found += _of_text(line, line.text, meant, line.is_bullet and section is not None)
    return _unique(found)[:MOST_GAINS] or _purpose(lines)


def _is_heading(line: Line) -> bool:
    """Whether a line heads what follows: a heading, or a few words with a colon."""
    short = len(line.text) <= LONGEST_HEADING and is_heading(line)
    return bool(line.level) or short or (line.text.endswith(":") and len(line.text) <= LONGEST_HEADING - 20)


def _purpose(lines: Sequence[Line]) -> list[Gain]:
    """What the project is to do, of a project that nothing else is said of: its aim, less sure."""
    for line in lines:
        if line.is_quiet or line.cells or label_of(line.text):
            continue
        for sentence in sentences(line.text):
            plain = without_speaker(sentence)
            if _PURPOSE.search(plain) and len(plain) > 40 and not names_a_person(plain) and not amounts_in(plain):
                return [Gain(_short(plain), "goal", line.of(sentence[:40]), 0.4, _benefit(plain))]
    return []


def _gain_label(text: str) -> tuple[str, int] | None:
    head, mark, rest = text.partition(":")
    if not mark or not rest.strip() or len(head) > 60:
        return None
    known = gain_section_of(head)
    return (known, len(head) + 1 + len(rest) - len(rest.lstrip())) if known and known != "result" else None


def _of_text(line: Line, text: str, section: str | None, is_item: bool) -> list[Gain]:
    found: list[Gain] = []
    for sentence in [text] if is_item and len(text) <= LONGEST_TEXT else sentences(text):
        plain = without_speaker(sentence)
        if not plain or names_a_person(plain) or amounts_in(plain) or (_NO_GAIN.search(plain) and not is_item):
            continue
        better = bool(_BETTER.search(plain))
        modality, confidence = _modality(plain, section, is_item)
        if modality is None or not (
            better or _BEFORE.search(plain) or (is_item and section in ("reported", "potential", "documented"))
        ):
            continue
        found.append(
            Gain(_short(plain), modality, line.of(sentence[:40]), confidence if better else 0.6, _benefit(plain))
        )
    return found


def _modality(text: str, section: str | None, is_item: bool) -> tuple[str | None, float]:
    """Modality by the words of the sentence; a heading decides where the words do not, or where it says expected."""
    if section == "documented" or (
        _DOCUMENTED.search(text)
        and section != "potential"
        and not re.search(r"\bskal\b|målet|\baims?\b|\bkan\b|vil kunne|forvent|expected", text, re.I)
    ):
        return "documented", 0.8
    if section == "potential":
        return "potential", 0.85
    if section == "reported":
        if re.search(r"\bskal\b|vil kunne|\bkan (?:gi|bidra|spare)|forvent|expected|could|potensial", text, re.I):
            return "potential", 0.7
        return "reported", 0.85 if is_item else 0.75
    if _REPORTED.search(text) and not re.search(r"\bskal\b|\bvil kunne\b|potensial|målet", text, re.I):
        return "reported", 0.65
    if section == "goal" and not re.search(r"potensial|potential", text, re.IGNORECASE):
        return "goal", 0.75
    if _EXPLORES.search(text):
        return "goal", 0.6
    if _POTENTIAL.search(text):
        return "potential", 0.65
    if section == "result" and is_item:
        return "reported", 0.6
    return ("goal", 0.6) if _GOAL.search(text) else (None, 0.0)


def _benefit(text: str) -> str | None:
    return next((code for code, words in _BENEFITS if re.search(words, text, re.IGNORECASE)), None)


def _short(text: str) -> str:
    """The part of a sentence that carries the statement: from the clause of its first cue on, cut at a word."""
    bare = text.strip(" •–-").rstrip(".")
    if len(bare) <= LONGEST_TEXT:
        return bare
    cues = [match.start() for cue in (_BETTER, _GOAL, _POTENTIAL, _REPORTED) if (match := cue.search(bare))]
    left = max(
        (bare.rfind(mark, 0, min(cues, default=0)) + len(mark) for mark in (", og ", ", men ", "; ", " – ", ". ")),
        default=0,
    )
    clause = bare[left:] if left > 6 else bare
    return clause if len(clause) <= LONGEST_TEXT else f"{clause[: LONGEST_TEXT - 1].rsplit(' ', 1)[0]} …"


def _unique(found: list[Gain]) -> list[Gain]:
    kept: dict[tuple[str, str], Gain] = {}
    for gain in found:
        kept.setdefault((gain.text.lower(), gain.modality), gain)
    return list(kept.values())
