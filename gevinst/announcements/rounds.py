"""Rounds: year, how many were selected among how many, and the amount with its kind.

Belongs here: which numbers and amounts of the page are those of its round.
Does not belong here: what is an amount at all (`amounts.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gevinst.announcements.amounts import Amount, amounts_in
from gevinst.announcements.model import Found, Line, Note, Round
from gevinst.announcements.words import MONTH, NUMBER, number, sentences

LEAST_WEIGHT = 0.4
_ROUND_KINDS = ("award", "frame_plus_options")
_PROJECTS = (
    r"(?:[\wæøå-]+\s){0,4}?(?:[\wæøå-]*prosjekt(?:er|ene|a|et|eierne|eigarane)?|[\wæøå-]*prosjekter|projects?|"
    r"initiatives)\b"
)
_CHOSEN = (
    r"(?:får|fått|fikk|fekk|vant|valgt|valde|vald|utvalgt\w*|utvalde|plukket|plukka|tildelt|innvilget|støttes|"
    r"støtta|støttet|gis|kommer med|kjem med|blir med|starter|startar|"
    r"receiv\w*|selected|awarded|chosen|granted|given|win|won|get|gets|funded|supported)"
)


def _compiled(*patterns: tuple[float, str]) -> tuple[tuple[float, re.Pattern[str]], ...]:
    """Pairs of confidence and pattern, whatever the capitals."""
    return tuple((confidence, re.compile(pattern, re.IGNORECASE)) for confidence, pattern in patterns)


_SELECTED = _compiled(
    (0.95, rf"\b(?P<n>{NUMBER})\s+{_PROJECTS}[^.]{{0,60}}?\b{_CHOSEN}\b"),
    (
        0.95,
        rf"\b(?:valgt|valgte|valt|vel|velger|valde|plukket|plukka|selected|chosen|awards|awarded|funds|supports|"
        rf"innvilget|tildelt|støtte[rt]?|støttar)\b[^.,]{{0,30}}?\b(?P<n>{NUMBER})\s+(?:{_PROJECTS}|av dem|of them|"
        rf"virksomheter|verksemder|søkere|søkarar)",
    ),
    (
        0.9,
        rf"\b(?:de|dei|disse|desse|årets|the|this year's|these|alle|all|all the|første|fyrste|"
        rf"first)\s+(?P<n>{NUMBER})\s+(?:nye\s|new\s|utvalgte\s|utvalde\s|selected\s)?(?:20\d\d-)?(?:{_PROJECTS}|"
        rf"utvalgte|utvalde|selected)",
    ),
    (
        0.9,
        rf"\b(?:støtte|stønad|midler|midlar|tilskudd|tilskot|kroner|million\w*|fund\w*|support|grants?)\s+(?:til|to|"
        rf"for)\s+(?P<n>{NUMBER})\s+{_PROJECTS}",
    ),
    (0.85, rf"^(?P<n>{NUMBER})\s+(?:nye?\s|new\s)?{_PROJECTS}"),
    (0.8, rf"\b(?P<n>{NUMBER})\s+(?:nye|new)\s+{_PROJECTS}"),
    (
        0.85,
        rf"\b(?P<n>{NUMBER})\s+(?:av dem|av disse|av desse|av søkerne|av søkarane|of them|of these|"
        rf"of the applicants)\s+(?:nå\s|no\s|now\s)?{_CHOSEN}",
    ),
    (
        0.6,
        rf"\b(?P<n>{NUMBER})\s+(?:virksomheter|verksemder|public bodies|organi[sz]ations|eiere)\s+(?:er i gang|"
        rf"{_CHOSEN}|er valgt|are under way)",
    ),
    (
        0.75,
        rf"\b(?P<n>{NUMBER})\s+(?:utvalgte|utvalde|av disse|of these|ble valgt|vart valde|vart valt|blei valde|"
        rf"were selected|fikk støtte|fekk støtte|fikk ja|fekk ja|nådde opp|får støtte|got funding)",
    ),
)
_COMPETED = r"valgt|vald|plukk|konkurr|søk|select|chosen|compet|appl|nådde opp"
_APPLIED = (
    r"(?:søkere|søkarar|søkjarar|søkar|søkjar|søknader|søknadar|søkerne|applicants?|applications?|proposals?|søkte|"
    r"innsendte|ideer|forslag|bids)"
)
_APPLICANTS = _compiled(
    (
        0.95,
        rf"\b(?:fra|frå|av|blant|mellom|of|among|from|out of|amongst)\s+(?:totalt\s|i alt\s|til sammen\s|tilsammen\s|"
        rf"hele\s|heile\s|rekordmange\s|a total of\s|as many as\s|a record\s|de\s|dei\s|the\s|rundt\s|om lag\s|"
        rf"about\s)*(?P<n>{NUMBER})\s+(?P<o>andre\s|other\s|øvrige\s)?(?:[\wæøå-]+\s){{0,4}}?(?:{_APPLIED}|{_PROJECTS}|"
        rf"som søkte|that applied)",
    ),
    (
        0.95,
        rf"\b(?:konkurranse|konkurrerte|konkurrert|konkurrerer|competition|competed|competing)\s+(?:med|with|against|"
        rf"mot)\s+(?:hele\s|heile\s)?(?P<n>{NUMBER})\s+(?P<o>andre\s|other\s|øvrige\s|others)?",
    ),
    (
        0.9,
        rf"\b(?:sammen med|foran|framfor|ahead of)\s+(?P<n>{NUMBER})\s+(?P<o>andre\s|"
        rf"other\s)(?:[\wæøå-]+\s){{0,2}}?(?:{_APPLIED}|{_PROJECTS})",
    ),
    (
        0.9,
        rf"\b(?P<n>{NUMBER})\s+(?P<o>andre\s|other\s|øvrige\s)?(?:gode\s|spennende\s|statlige og kommunale\s|"
        rf"public\s)?(?:{_APPLIED})\b",
    ),
    (
        0.85,
        rf"\b(?P<n>{NUMBER})\s+(?P<o>andre\s|other\s)?(?:virksomheter|verksemder|prosjekter|prosjekt|organi[sz]ations|"
        rf"agencies|kommuner og \w+|bodies)\s+(?:søkte|applied|hadde søkt|had applied|sendte inn|sende inn)",
    ),
    (
        0.85,
        rf"\b(?:mottok|mottatt|kom(?:met)? (?:det )?inn|fikk inn|fekk inn|received|søkte|tallet på søkere var|"
        rf"antall søkere[: ]+)\s+(?:hele\s|i alt\s|totalt\s|a total of\s)?(?P<n>{NUMBER})\s+(?:{_APPLIED}|{_PROJECTS}|"
        rf"virksomheter|verksemder)?",
    ),
    (
        0.9,
        r"\b(?:antall|tal(?:et)? på|number of)\s+(?:søkere|søknader|søkarar|søknader|applicants|applications)\s*(?::|"
        r"var|er|was|is)?\s*(?P<n>\d{1,3})\b",
    ),
)
_CUMULATIVE = re.compile(
    r"\bsiden (?:oppstarten|starten|\d{4})|\bsidan (?:oppstarten|starten|\d{4})|\bsince (?:the start|\d{4})|"
    r"har analysert|avsluttede|avslutta|pågående|tidligere|tidlegare|i perioden|over \w+ år|analysed|completed|"
    r"in total since|så langt",
    re.IGNORECASE,
)
_YEARS = _compiled(
    (0.97, r"(?P<y>20\d\d)-prosjekt\w*"),
    (0.95, r"\b[Ii]gangs[ae]tte (?:stimulab-)?prosjekt\w* (?:i )?(?P<y>20\d\d)"),
    (
        0.95,
        r"\b(?:får|fikk|fått|fekk|tildelt?|tildeling\w*|støtte[rt]?|midler|midlar|valgt|valde|bevilg\w*|bevilj\w*|"
        r"løyv\w*|award\w*|fund\w*|selected|grants?)\b[^.]{0,60}?\b(?:i|for|in|frå|fra)\s+(?:"
        + MONTH
        + r"\s+)?(?P<y>20\d\d)\b",
    ),
    (
        0.93,
        r"\b[Ss]timu[Ll]ab(?:-kullet|-midler|-midlar|-prosjekt\w*|-projects|-runden?)?[ ,:-]*(?:i |for |"
        r"in )?(?P<y>20\d\d)\b",
    ),
    (
        0.9,
        r"\b(?:kullet|runden|runda|tildelingen|tildelinga|utlysningen|cohort|round|årets runde)\s+(?:for |i |av |in |"
        r"of |frå |fra )?(?P<y>20\d\d)\b",
    ),
    (
        0.85,
        r"\b(?:prosjekter|prosjekta|prosjektene|projects|prosjekt|initiatives)\s+(?:for |i |in |from |frå |fra |"
        r"valgt i |vald i )(?P<y>20\d\d)\b",
    ),
    (0.8, r"\b[Ii] (?P<y>20\d\d) (?:startet|starta|etablerte|etablert|fikk|fekk|ble|vart|valgte|valde)\b"),
    (0.6, r"\b(?:established|etablert|oppretta|opprettet)\b.{0,220}?\b(?:in|i) (?P<y>20\d\d)\b"),
    (0.8, r"\b[Ii]n (?P<y>20\d\d),? (?:\w+\s){0,4}(?:started|established|selected|chosen|awarded|received)\b"),
)
_EARLIER = re.compile(
    r"\b(?:med støtte fra stimulab i|fjorårets|i fjor|last year|tidligere|tidlegare|earlier|previous|forrige|førre|"
    r"første stimulab)\b",
    re.IGNORECASE,
)


def rounds_of(
    lines: Sequence[Line], published: Found | None, *, projects: int, title: Line | None
) -> tuple[list[Round], list[Note]]:
    """The round that the page tells of (none when it tells of none), and notes on other numbers.

    What is left for a later round is a round of its own, with its amount and nothing else.
    """
    said = [(line, sentence) for line in _told(lines, title) for sentence in sentences(line.text)]
    notes: list[Note] = []
    quoted = [(line, one) for line in lines if line.is_quiet and not line.cells for one in sentences(line.text)]
    round_ = Round(year=_year(said) or _doubted(_year(quoted)))
    round_.selected = _selected(said, projects)
    round_.applicants = _applicants(said, round_.selected)
    later = _amount(round_, said, notes, several=projects != 1)
    stated = round_.selected or round_.applicants or round_.amount_nok
    if round_.year is None and stated and published:
        round_.year = Found(int(str(published.value)[:4]), published.line, 0.6)
    if not stated and (round_.year is None or projects == 0):
        return [], notes
    if projects and round_.selected and round_.selected.value != projects and projects > 1:
        notes.append(
            Note(
                "count_differs",
                f"siden sier {round_.selected.value} prosjekter, og {projects} ble funnet",
                f"the page says {round_.selected.value} projects and {projects} were found",
                round_.selected.line,
                round_.selected.value,
            )
        )
    rounds = [round_]
    if later:
        rounds.append(Round(year=round_.year, amount_nok=later, amount_kind=Found("award", later.line, 0.4)))
    return rounds, notes


def _told(lines: Sequence[Line], title: Line | None) -> Iterator[Line]:
    if title is not None and title not in lines:
        yield title
    yield from (line for line in lines if not line.is_quiet and not line.cells)


def _year(said: list[tuple[Line, str]]) -> Found | None:
    for confidence, pattern in _YEARS:
        for line, sentence in said:
            if _EARLIER.search(sentence) or re.search(r"\bsiden 20|\bsidan 20|\bsince 20", sentence):
                continue
            match = pattern.search(sentence)
            if match:
                return Found(int(match["y"]), line.of(sentence[:40]), confidence)
    return None


def _doubted(found: Found | None) -> Found | None:
    """A value from a quotation or a caption: less sure."""
    return found and Found(found.value, found.line, round(found.confidence - 0.2, 2))


def _selected(said: list[tuple[Line, str]], projects: int) -> Found | None:
    best: Found | None = None
    for line, sentence in said:
        if _CUMULATIVE.search(sentence):
            continue
        for confidence, pattern in _SELECTED:
            for match in pattern.finditer(sentence):
                value = number(match["n"])
                others = re.match(r"\s*(?:andre|other)\b", sentence[match.end("n") :], re.IGNORECASE)
                before = re.search(
                    r"\b(?:blant|among|fra|frå|of|av|med|konkurranse med|with)\s+(?!de\s|dei\s|the\s)(?:\w+\s)?$",
                    sentence[: match.start("n")],
                    re.IGNORECASE,
                )
                if value is None or others or before or not 1 < value <= 60:
                    continue
                sure = min(confidence + (0.04 if value == projects else -0.2 if value < projects else 0), 0.99)
                if best is None or sure > best.confidence:
                    best = Found(value, line.of(sentence[:40]), round(sure, 2))
    return best


def _applicants(said: list[tuple[Line, str]], selected: Found | None) -> Found | None:
    best: Found | None = None
    for line, sentence in said:
        if _CUMULATIVE.search(sentence) or re.search(r"i fjor\b|året før|last year|the year before", sentence):
            continue
        for confidence, pattern in _APPLICANTS:
            match = pattern.search(sentence)
            value = number(match["n"]) if match else None
            if match is None or value is None or value < 2:
                continue
            if re.search(
                r"prosjekt(?:ene|a)\b|projects that|\b(?:de|dei|the)\s+\w+\s+(?:prosjekt|project)",
                match[0],
                re.IGNORECASE,
            ):
                continue
            if re.search(r"(?:prosjekt\w*|projects?)$", match[0]) and not re.search(_COMPETED, sentence, re.IGNORECASE):
                continue
            others = "o" in match.re.groupindex and match["o"]
            if others and selected is None:
                continue
            total = value + int(selected.value) if others and selected else value
            if selected and total <= int(selected.value):
                continue
            if best is None or confidence > best.confidence:
                best = Found(total, line.of(sentence[:40]), confidence - (0.1 if others else 0))
    return best


def _amount(round_: Round, said: list[tuple[Line, str]], notes: list[Note], *, several: bool) -> Found | None:
    """Set the round's amount; return what is left for a later round."""
    best: tuple[float, Amount, Line] | None = None
    later: Found | None = None
    for line, sentence in said:
        for amount in amounts_in(sentence):
            number_of_line = line.at(max(line.text.find(sentence[:40]), 0) + amount.offset)
            if re.search(
                r"\b(?:resterende|resterande|gjenstående|attståande|remaining|øvrige)\b", sentence, re.IGNORECASE
            ):
                later = Found(amount.nok, number_of_line, 0.5)
                continue
            weight = _weight(amount, sentence, several=several)
            if weight < LEAST_WEIGHT:
                notes.append(_other(amount, number_of_line))
                continue
            if best is None or weight > best[0]:
                if best:
                    notes.append(_other(best[1], best[2].number))
                best = (weight, amount, line if number_of_line == line.number else Line(number_of_line, sentence))
            elif amount.nok != best[1].nok:
                notes.append(_other(amount, number_of_line))
    if best:
        weight, amount, line = best
        confidence = round(min(0.95, weight) - (0.05 if amount.is_approximate else 0), 2)
        round_.amount_nok = Found(amount.nok, line.number, confidence)
        round_.is_approximate = amount.is_approximate
        round_.amount_kind = Found(amount.kind, line.number, round(confidence - 0.05, 2))
    return later


def _weight(amount: Amount, sentence: str, *, several: bool) -> float:
    if amount.kind not in _ROUND_KINDS:
        return 0.0
    weight = 0.6
    if re.search(
        r"til sammen|tilsammen|i alt|totalt|samlet|samla|in total|altogether|total of|overall", sentence, re.IGNORECASE
    ):
        weight += 0.2
    if re.search(rf"\b(?:{NUMBER})\s+{_PROJECTS}|prosjektene|prosjekta|the projects", sentence, re.IGNORECASE):
        weight += 0.15
    if amount.nok < 3_000_000:
        weight -= 0.3
    if not several:
        weight -= 0.35
    if re.search(r"\bregjering\w*\b|\bbudsjett\w*\b|government has", sentence, re.IGNORECASE):
        weight -= 0.2
    if re.search(
        r"\b(?:hvert|hver|kvart|kvar|each|per prosjekt|i fjor|fjorårets|last year)\b", sentence, re.IGNORECASE
    ):
        weight -= 0.7
    return weight


def _other(amount: Amount, line: int) -> Note:
    nb, en = "et beløp som ikke regnes som rundens", "an amount that is not taken for the round's"
    return Note(f"amount_{amount.kind}", nb, en, line, amount.nok)
