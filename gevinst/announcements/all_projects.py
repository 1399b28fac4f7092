"""What a page says of all its projects in one sentence: «Prosjektene starter i januar 2027».

Belongs here: which sentences are about all projects, wherever they stand, and what they give to each.
Does not belong here: what the text of one project says of it (`projects.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.vocabulary import NUMBER, compiled, confidence, number, one_of, sentences

_OF_ALL = compiled(one_of("projects.of_all"), re.IGNORECASE)
_COUNT = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)


def without_those_of_all(lines: Sequence[Line]) -> list[Line]:
    """The lines of one of several projects without the sentences that are about all of them.

    Blanks take their place, so that the rest stands where it stood.
    """
    kept: list[Line] = []
    for line in lines:
        text = line.text
        for sentence in sentences(text):
            if _OF_ALL.match(sentence):
                text = text.replace(sentence, " " * len(sentence))
        if text == line.text:
            kept.append(line)
        elif text.strip():
            kept.append(replace(line, text=text.rstrip()))
    return kept


def sentences_on_all(lines: Sequence[Line], count: int) -> Iterator[Line]:
    """Each sentence about all projects as a line; one that counts others than there are is about some of them."""
    for line in lines:
        if line.is_quiet or line.cells:
            continue
        for sentence in sentences(line.text):
            match = _OF_ALL.match(sentence)
            told = {number(one[0]) for one in _COUNT.finditer(match[0])} - {None, 1} if match else set()
            if match and told <= {count}:
                yield replace(line, text=sentence, number=line.of(sentence[:40]), parts=())


def start_all(projects: Sequence[Project], start: Found | None, end: Found | None) -> None:
    """Give each project that has no dates of its own those of all."""
    sure = confidence("text.start_of_all")
    for project in projects:
        if start and project.start is None:
            project.start = Found(start.value, start.line, min(sure, start.confidence))
        if end and project.end is None:
            project.end = Found(end.value, end.line, min(sure, end.confidence))
