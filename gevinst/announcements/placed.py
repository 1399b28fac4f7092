"""What kind of body a name is of, and which policy area a project is in, by their words.

Belongs here: guesses for a person to correct. Does not belong here: the words, which are in the vocabulary.
"""

from __future__ import annotations

from gevinst.announcements.vocabulary import codes, compiled, confidence, one_of, pattern

# Case matters in these: «Hospital» is part of a name, while «hospital» also begins ordinary Norwegian words.
_LEVELS = {code: compiled(one_of(f"organisation_levels.{code}")) for code in codes("organisation_levels")}
_SECTORS = {code: pattern(f"sectors.{code}") for code in codes("sectors")}


def level_of(name: str, *, is_supplier: bool) -> tuple[str | None, float]:
    """Code of the list `organisation_level` and its confidence; `None` for a name without a sign, which is asked."""
    if is_supplier:
        return "leverandor", confidence("draft.level_of_supplier")
    found = next((code for code, words in _LEVELS.items() if words.search(name)), None)
    return (found, confidence("draft.level")) if found else (None, confidence("draft.not_stated"))


def sector_of(name: str, text: str) -> tuple[str, float]:
    """Code of the list `sector` by the words of the name, else of the text; the general one when none of them fits."""
    for source, key in ((name, "draft.sector_of_name"), (text, "draft.sector_of_text")):
        counts = {code: len(words.findall(source.lower())) for code, words in _SECTORS.items()}
        best = max(counts, key=lambda code: counts[code])
        if counts[best]:
            return best, confidence(key)
    return "digital_forvaltning", confidence("draft.sector_unknown")
