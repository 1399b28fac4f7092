"""Calendar files: lines, escaping and whole days as RFC 5545 has them, read back by its rules."""

from __future__ import annotations

from datetime import date

import pytest

from gevinst.formats.calendar_file import Day, calendar_text

ON = date(2027, 2, 1)


def read(text: str) -> list[dict[str, str]]:
    """The events of a calendar: lines are unfolded, and escaped signs are read as they were."""
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"] and any(line.startswith("PRODID:") for line in lines)
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in ("END", "BEGIN"):
            assert name not in events[-1]
            events[-1][name] = unescaped(value)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events)
    return events


def unescaped(value: str) -> str:
    found, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            following = next(signs)
            found += "\n" if following == "n" else following
        else:
            assert sign not in ",;"
            found += sign
    return found


@pytest.mark.parametrize(
    "text",
    ["Plain", "a; b, c\\d", "Two\nlines", "å" * 200, "é€😀" * 40, "", "ends in a backslash\\", ", ".join("abc" * 60)],
)
def test_any_text_comes_back_as_it_was_in_lines_of_75_octets(text: str) -> None:
    written = calendar_text("Calendar; of\nthings", [Day("one@here", ON, text, text)], written_on=date(2026, 11, 22))
    (event,) = read(written)
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (text, text)
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75


def test_a_day_is_whole_ends_the_day_after_and_blocks_nothing() -> None:
    (event,) = read(calendar_text("c", [Day("one@here", date(2027, 12, 31), "s", "d")], written_on=date(2026, 11, 22)))
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20271231", "20280101")
    assert (event["DTSTAMP"], event["TRANSP"], event["UID"]) == ("20261122T000000Z", "TRANSPARENT", "one@here")


def test_no_line_break_stands_alone_and_no_days_are_an_empty_calendar() -> None:
    written = calendar_text("c", [], written_on=ON)
    assert read(written) == []
    assert written.count("\n") == written.count("\r\n")
