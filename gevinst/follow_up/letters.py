"""Letters to owners: what is asked, a reminder, and thanks; as text, and as e-mail with the form attached.

Belongs here: the letters and the days in a calendar. Addressed to organisations, never to persons.
Does not belong here: the form itself, and whether anything is sent (`send.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

from gevinst.contracts.vocabulary import FIRST_REQUEST
from gevinst.follow_up.fields import minutes_for
from gevinst.follow_up.prefill import Form
from gevinst.follow_up.texts import Words
from gevinst.formats.calendar_file import Day, calendar_text


def subject_of(form: Form, kind: str, language: str) -> str:
    """The line above a letter."""
    words = Words(language)
    return words(f"subject_{kind}", scheme=words.scheme, what=what_of(form, words))


def what_of(form: Form, words: Words) -> str:
    """The project by name, or several together."""
    if len(form["projects"]) > 1:
        return words("several_projects")
    return form["projects"][0]["name"][words.of_pages]


def letter_text(form: Form, kind: str, language: str, sender: str | None, asked_before: date | None = None) -> str:
    """The letter with a form; a reminder names the day on which the owner was asked first."""
    words = Words(language)
    projects = [
        words(
            "about_project",
            project=one["name"][words.of_pages],
            reasons="; ".join(words(f"reason_{code}") for code in one["reasons"]),
        )
        for one in form["projects"]
    ]
    opening = (
        {"scheme": words.scheme} if kind == FIRST_REQUEST else {"asked_on": words.number.date(asked_before, "day")}
    )
    minutes = max(minutes_for(one) for one in form["projects"])
    answer_by = words.number.date(date.fromisoformat(form["answer_by"]), "day")
    parts = [
        *([words("illustrative")] if form["is_illustrative"] else []),
        words("to", owner=form["owner_name"]),
        words(f"opening_{kind}", **opening),
        "\n".join(projects),
        words("how", minutes=minutes, answer_by=answer_by),
        words("public"),
        _close(words, sender),
    ]
    return "\n\n".join(parts) + "\n"


def thanks_text(form: Form, answered_on: date, language: str, sender: str | None) -> str:
    """The letter after an answer."""
    words = Words(language)
    thanks = words("thanks", answered_on=words.number.date(answered_on, "day"), what=what_of(form, words))
    flag = [words("illustrative")] if form["is_illustrative"] else []
    return "\n\n".join([*flag, words("to", owner=form["owner_name"]), thanks, _close(words, sender)]) + "\n"


def _close(words: Words, sender: str | None) -> str:
    return words("close", sender=sender or words("sender", scheme=words.scheme))


def message(subject: str, text: str, attached: Mapping[str, bytes], to: str | None = None) -> EmailMessage:
    """The letter as an e-mail that any program opens as a draft; without an address where none is known."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(subject.split())  # a line break would begin another header
    if to:
        mail["To"] = to
    mail["X-Unsent"] = "1"  # Outlook and others open it for sending and not as received
    mail.set_content(text)
    for name, content in attached.items():
        if name.endswith(".html"):
            # Without the character set, programs that show it themselves take it for ASCII.
            mail.add_attachment(content, maintype="text", subtype="html", filename=name, params={"charset": "utf-8"})
        else:
            mail.add_attachment(content, maintype="application", subtype=_XLSX, filename=name)
    return mail


_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def calendar(forms: Sequence[Form], language: str) -> str:
    """The days to ask and to look for answers, one pair per owner; imported again, they take the place of the old."""
    words = Words(language)
    days = []
    for form in forms:
        asked, by = (date.fromisoformat(form[name]) for name in ("asked_on", "answer_by"))
        for kind, on in (("ask", asked), ("due", by)):
            flag = f"{words('illustrative')} " if form["is_illustrative"] else ""
            days.append(
                Day(
                    uid=f"{kind}-{form['form_id']}@gevinst",
                    on=on,
                    summary=flag + words(f"event_{kind}", scheme=words.scheme, owner=form["owner_name"]),
                    description=", ".join(one["name"][words.of_pages] for one in form["projects"]),
                )
            )
    written_on = min((date.fromisoformat(form["asked_on"]) for form in forms), default=date.min)
    return calendar_text(words("calendar", scheme=words.scheme), days, written_on=written_on)
