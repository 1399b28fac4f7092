"""Rounds: year, how many were selected among how many, and the amount with its kind.

Belongs here: which numbers and amounts of the page are those of its round.
Does not belong here: what is an amount at all (`amounts.py`) and the words that pages use (`vocabulary`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from gevinst.announcements.amounts import Amount, amounts_in, date_in, foreign_in
from gevinst.announcements.article import is_heading
from gevinst.announcements.model import Found, Line, Note, Round
from gevinst.announcements.statements import begins_with_body
from gevinst.announcements.vocabulary import (
    NUMBER,
    compiled,
    confidence,
    confidences,
    filled,
    limit,
    number,
    one_of,
    pattern,
    patterns,
    sentences,
)

Sentences = list[tuple[Line, str]]
"""Sentences, each with the line that holds it."""

Grants = Set[tuple[int | None, int]]
"""Amounts that are told as grants of projects, each with its line."""

_ROUND_KINDS = ("award", "frame_plus_options")


def _ways(table: str) -> list[tuple[float, tuple[re.Pattern[str], ...]]]:
    """Every way in which pages state a figure, with its confidence; the order decides between equals."""
    return [(sure, patterns(f"{table}.{name}")) for name, sure in confidences(table).items()]


_SELECTED = _ways("rounds_selected")
_APPLICANTS = _ways("rounds_applicants")
_YEARS = _ways("rounds_year")
_COMPETED = pattern("rounds.competed")
_CUMULATIVE = pattern("rounds.cumulative")
_EARLIER = pattern("rounds.earlier", words=True)
_LAST_ROUND = pattern("rounds.last_round")
_SINCE = pattern("rounds.since")
_FOUNDED = pattern("rounds.founded")
_YEAR_BEFORE = pattern("rounds.year_before")
_PLANNED = pattern("rounds.planned", words=True)
_SIGN_OF_NEXT = pattern("rounds.next")
_ANY_YEAR = re.compile(r"\b20\d\d\b")
_WORD_AND_YEAR = re.compile(r"[A-ZÆØÅÄÖÉ][\w-]+ 20\d\d")
_OTHERS = compiled(rf"\s*{one_of('rounds.others')}\b", re.IGNORECASE)
_OUT_OF = compiled(rf"\b{one_of('rounds.out_of')}\s+(?!{one_of('rounds.the')}\s)(?:\w+\s)?$", re.IGNORECASE)
# «Blant 20», and the upper end of «10–12».
_NO_COUNT_BEFORE = re.compile(rf"{_OUT_OF.pattern}|\d\s?[–-]\s?$", re.IGNORECASE)
_THIS_ROUND = pattern("rounds.this_round", words=True)
_ONE_OF = pattern("rounds.one_of")
_PROJECTS_AS_SUCH = pattern("rounds.projects_as_such")
_ENDS_IN_PROJECTS = re.compile(r"(?:prosjekt\w*|projects?)$")
_REMAINING = pattern("rounds.remaining", words=True)
_IN_TOTAL = pattern("rounds.in_total")
_SOME_PROJECTS = compiled(filled(rf"\b{NUMBER}\s+{{projects}}|{one_of('rounds.the_projects')}"), re.IGNORECASE)
_GOVERNMENT = pattern("rounds.government")
_GETS = pattern("rounds.gets", words=True)
_EACH = pattern("rounds.each", words=True)


def rounds_of(
    lines: Sequence[Line],
    published: Found | None,
    *,
    projects: int,
    title: Line | None,
    is_award: bool,
    grants: Grants = frozenset(),
    total: Found | None = None,
) -> tuple[list[Round], list[Note]]:
    """The rounds that the page is about, mostly one or none, and notes on other numbers.

    An amount left for a later round becomes a round of its own, with nothing but that amount. `is_award` is for pages
    on which projects without other figures are those of a round, `grants` the amounts that projects have by line, and
    `total` the sum that a table of projects ends with.
    """
    notes: list[Note] = []
    currency = _foreign(lines, title, notes)
    parts = _parts(lines)
    if parts:
        found = [_of_part(year, part, notes, has_other_money=currency) for year, part in parts]
        return found, notes
    article = _sentences(_article(lines, title))
    quoted = [(line, one) for line in lines if line.is_quiet and not line.cells for one in sentences(line.text)]
    found = Round(year=_year(article, published) or _doubted(_year(quoted, published), published))
    found.selected = _selected(article, projects, published)
    found.applicants = _applicants(article, found.selected, published)
    later = _amount(
        found, article, notes, several=projects != 1, has_other_money=currency, grants=grants, published=published
    )
    if total is not None and not currency:
        _add_sum(found, total, notes)
    stated = found.selected or found.applicants or found.amount_nok
    doubted = found.year is None or found.year.confidence < confidence("rounds.year_of_page")
    if doubted and (stated or (is_award and projects)) and published:
        found.year = Found(int(str(published.value)[:4]), published.line, confidence("rounds.year_of_page"))
    if not stated and (found.year is None or projects == 0):
        return [], notes
    if found.selected and (projects or is_award) and found.selected.value != projects:
        count = found.selected
        nb = f"siden sier {count.value} prosjekter, og {projects} ble funnet"
        en = f"the page says {count.value} projects and {projects} were found"
        notes.append(Note("count_differs", nb, en, count.line, count.value))
    rounds = [found]
    if later:
        kind = Found("award", later.line, confidence("rounds.later_kind"))
        rounds.append(Round(year=found.year, amount_nok=later, amount_kind=kind))
    return rounds, notes


def _sentences(lines: Iterable[Line]) -> Sentences:
    return [(line, sentence) for line in lines for sentence in sentences(line.text)]


def _parts(lines: Sequence[Line]) -> list[tuple[Found, list[Line]]]:
    """The parts of a page that tells of several rounds, each under a heading with its year; none for other pages."""
    article = [line for line in lines if not line.is_quiet and not line.cells]
    parts: list[tuple[Found, list[Line]]] = []
    for line in article:
        years = set(_ANY_YEAR.findall(line.text))
        # «Tilskudd 2029» is a heading here, though elsewhere a word and a year may be a date.
        short = _WORD_AND_YEAR.fullmatch(line.text) and len(date_in(line.text) or "") == len("2029")
        if len(years) == 1 and (short or is_heading(line, before_field=True)) and not _SIGN_OF_NEXT.search(line.text):
            year = int(years.pop())
            if parts and parts[-1][0].value == year:
                parts[-1][1].append(line)
            else:
                parts.append((Found(year, line.number, confidence("rounds.year_of_heading")), []))
        elif parts:
            parts[-1][1].append(line)
    told = [
        (year, part) for year, part in parts if _selected(_sentences(part), 0) or _applicants(_sentences(part), None)
    ]
    return told if len({year.value for year, _ in told}) > 1 else []


def _of_part(year: Found, part: Sequence[Line], notes: list[Note], *, has_other_money: bool) -> Round:
    found = Round(year=year)
    article = _sentences(part)
    found.selected = _selected(article, 0)
    found.applicants = _applicants(article, found.selected)
    _amount(found, article, notes, several=True, has_other_money=has_other_money)
    return found


def _foreign(lines: Sequence[Line], title: Line | None, notes: list[Note]) -> bool:
    """Note amounts that are not in kroner; whether the page has any."""
    found = False
    for line, sentence in _sentences(_article(lines, title)):
        for written, offset in foreign_in(sentence):
            found = True
            nb, en = "et beløp som ikke er i kroner", "an amount that is not in kroner"
            place = line.at(max(line.text.find(sentence[:40]), 0) + offset)
            notes.append(Note("amount_in_other_money", nb, en, place, written))
    return found


def states_selection(lines: Sequence[Line]) -> Line | None:
    """The line that says how many projects were given support; a fact like that outranks single words of a call."""
    for line, sentence in _sentences(line for line in lines if not line.is_quiet and not line.cells):
        if _CUMULATIVE.search(sentence) or _EARLIER.search(sentence) or _SINCE.search(sentence):
            continue
        for name in ("number_chosen", "chosen_number", "money_to_number", "number_selected"):
            for way in patterns(f"rounds_selected.{name}"):
                match = way.search(sentence)
                value = number(match["n"]) if match else None
                is_range = match is not None and _NO_COUNT_BEFORE.search(sentence[: match.start("n")])
                if match and value and value > 1 and not is_range and not _PLANNED.search(sentence[: match.end()]):
                    return line
    return None


def _article(lines: Sequence[Line], title: Line | None) -> Iterator[Line]:
    if title is not None and title not in lines:
        yield title
    yield from (line for line in lines if not line.is_quiet and not line.cells)


def _is_of_other_year(sentence: str, published: Found | None) -> bool:
    """Whether a sentence is only about years before that of the page: «I 2027 fikk fem prosjekter støtte»."""
    years = _ANY_YEAR.findall(sentence)
    return bool(years) and published is not None and max(years) < str(published.value)[:4]


def _year(article: Sentences, published: Found | None) -> Found | None:
    """The year of the round, of which one before that of the page is less sure."""
    best: Found | None = None
    for one, sentence in _years(article, is_dated=published is not None):
        sure = one.confidence
        if _is_of_other_year(sentence, published):
            sure = round(sure - confidence("rounds.other_year"), 2)
        if best is None or sure > best.confidence:
            best = Found(one.value, one.line, sure)
    return best


def _years(article: Sentences, *, is_dated: bool) -> Iterator[tuple[Found, str]]:
    for sure, ways in _YEARS:
        for line, sentence in article:
            if _EARLIER.search(sentence) or _SINCE.search(sentence) or (is_dated and _FOUNDED.search(sentence)):
                continue
            match = next((match for way in ways if (match := way.search(sentence))), None)
            if match:
                yield Found(int(match["y"]), line.of(sentence[:40]), sure), sentence


def _doubted(found: Found | None, published: Found | None) -> Found | None:
    """A year from a quotation or a caption: less sure, and none when the page is of another year."""
    if found is None or (published and str(published.value)[:4] != str(found.value)):
        return None
    return Found(found.value, found.line, round(found.confidence - confidence("rounds.quoted"), 2))


def _selected(article: Sentences, projects: int, published: Found | None = None) -> Found | None:
    told: list[tuple[float, int, int]] = []
    for line, sentence in article:
        if _CUMULATIVE.search(sentence) or _LAST_ROUND.search(sentence):
            continue
        ways = ((sure, way) for sure, ways in _SELECTED for way in ways)
        for sure, match in ((sure, match) for sure, way in ways for match in way.finditer(sentence)):
            value = number(match["n"])
            others = _OTHERS.match(sentence[match.end("n") :])
            is_part = _NO_COUNT_BEFORE.search(sentence[: match.start("n")]) and not _ONE_OF.match(match[0])
            if value is None or others or is_part:
                continue
            if not 1 < value <= limit("most_selected"):  # «ett prosjekt» is mostly the one that a sentence is about
                continue
            # Fewer than were found on the page is a part of them; as many as were found confirms the number.
            if value == projects:
                sure += confidence("rounds.as_many_as_found")
            elif value < projects:
                sure -= confidence("rounds.fewer_than_found")
            if _is_of_other_year(sentence, published):
                sure -= confidence("rounds.other_year")
            if _THIS_ROUND.search(sentence):
                sure += confidence("rounds.this_round")
            told.append((min(round(sure, 2), confidence("rounds.surest")), value, line.of(sentence[:40])))
    if not told:
        return None
    best = max(told, key=lambda one: one[0])
    # Another number that is nearly as sure says that one of them is of something else.
    rivals = [sure for sure, value, _ in told if value != best[1] and best[0] - sure <= confidence("rounds.rival")]
    sure = min(best[0], confidence("rounds.with_rival")) if rivals and best[1] != projects else best[0]
    return Found(best[1], best[2], sure)


def _applicants(article: Sentences, selected: Found | None, published: Found | None = None) -> Found | None:
    best: Found | None = None
    for line, sentence in article:
        if _CUMULATIVE.search(sentence) or _YEAR_BEFORE.search(sentence):
            continue
        for sure, ways in _APPLICANTS:
            match = next((match for way in ways if (match := way.search(sentence))), None)
            value = number(match["n"]) if match else None
            if match is None or value is None or value < 2 or _PROJECTS_AS_SUCH.search(match[0]):
                continue
            if _ENDS_IN_PROJECTS.search(match[0]) and not _COMPETED.search(sentence):
                continue
            # «31 others» are those that were not selected; without their number the total is not known.
            others = match.groupdict().get("o")
            if others and selected is None:
                continue
            total = value + int(selected.value) if others and selected else value
            if selected and total <= int(selected.value):
                continue
            if _is_of_other_year(sentence, published):
                sure -= confidence("rounds.other_year")
            if best is None or sure > best.confidence:
                best = Found(total, line.of(sentence[:40]), sure - (confidence("rounds.others") if others else 0))
    return best


def _amount(
    found: Round,
    article: Sentences,
    notes: list[Note],
    *,
    several: bool,
    has_other_money: bool,
    grants: Grants = frozenset(),
    published: Found | None = None,
) -> Found | None:
    """Set the round's amount; return the amount left for a later round. When two fit equally well, none is taken."""
    best: tuple[float, Amount, int] | None = None
    rival: Amount | None = None
    later: Found | None = None
    for line, sentence in article:
        for amount in amounts_in(sentence):
            place = line.at(max(line.text.find(sentence[:40]), 0) + amount.offset)
            if (place, amount.nok) in grants or (line.of(sentence[:40]), amount.nok) in grants:
                continue
            if _REMAINING.search(sentence):
                later = Found(amount.nok, place, confidence("rounds.later"))
                continue
            # Millions without a word for their money are those that the page otherwise speaks of.
            weight = 0 if has_other_money and amount.is_bare else _weight(amount, sentence, several=several)
            if _is_of_other_year(sentence, published):
                weight -= confidence("rounds.other_year")
            if weight >= confidence("rounds.least_weight") and best and amount.nok != best[1].nok and weight == best[0]:
                rival = amount
                notes.append(_other(amount, place))
            elif weight >= confidence("rounds.least_weight") and (best is None or weight > best[0]):
                if best:
                    notes.append(_other(best[1], best[2]))
                best, rival = (weight, amount, place), None
            elif weight < confidence("rounds.least_weight") or (best and amount.nok != best[1].nok):
                notes.append(_other(amount, place))
    if best and rival:
        nb, en = (
            "to beløp kan være rundens, og ingen av dem er tatt",
            "two amounts could be the round's; neither is taken",
        )
        notes.append(Note("amount_not_certain", nb, en, best[2], best[1].nok))
    elif best:
        weight, amount, place = best
        about = confidence("rounds.approximate") if amount.is_approximate else 0
        sure = round(min(confidence("rounds.surest_amount"), weight) - about, 2)
        found.amount_nok = Found(amount.nok, place, sure)
        found.is_approximate = amount.is_approximate
        found.amount_kind = Found(amount.kind, place, round(sure - confidence("rounds.kind"), 2))
    return later


def _add_sum(found: Round, total: Found, notes: list[Note]) -> None:
    """The sum of the table of projects: it confirms the amount that the text gives, or stands where that gives none."""
    stated = found.amount_nok
    kind = Found("award", total.line, round(total.confidence - confidence("rounds.kind"), 2))
    if stated is None:
        found.amount_nok, found.amount_kind = total, kind
    elif stated.value == total.value:
        sure = max(stated.confidence, total.confidence)
        found.amount_nok = Found(stated.value, stated.line, sure)
    else:
        nb = "summen i tabellen er en annen enn beløpet i teksten"
        en = "the sum of the table is another than the amount in the text"
        notes.append(Note("sum_differs", nb, en, total.line, total.value))


def _weight(amount: Amount, sentence: str, *, several: bool) -> float:
    """The evidence for an amount being the round's; it becomes the confidence."""
    if amount.kind not in _ROUND_KINDS:
        return 0.0
    weight = confidence("rounds.amount")
    if _IN_TOTAL.search(sentence):
        weight += confidence("rounds.in_total")
    if _SOME_PROJECTS.search(sentence):
        weight += confidence("rounds.to_projects")
    elif weight == confidence("rounds.amount") and _GETS.search(sentence) and begins_with_body(sentence):
        weight -= confidence("rounds.to_one_body")
    if amount.nok < limit("least_for_round"):
        weight -= confidence("rounds.small")
    if not several:
        weight -= confidence("rounds.one_project")
    if _GOVERNMENT.search(sentence):
        weight -= confidence("rounds.government")
    if _EACH.search(sentence):
        weight -= confidence("rounds.each")
    return weight


def _other(amount: Amount, line: int) -> Note:
    nb, en = "et beløp som ikke regnes som rundens", "an amount that is not taken for the round's"
    return Note(f"amount_{amount.kind}", nb, en, line, amount.nok)
