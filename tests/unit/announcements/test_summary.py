"""What `gevinst read` prints of a page."""

from __future__ import annotations

from gevinst.announcements.read_page import summary_text
from tests.unit.announcements.test_other_schemes import read


def test_the_summary_writes_amounts_and_status_as_its_language_does() -> None:
    text = (
        "To prosjekter får støtte\n\n4. mai 2030\n\nTo prosjekter får til sammen 12,4 millioner kroner.\n\n"
        "Tilskudd: 1 250 000 kroner\n\nDisse får støtte:\n\n"
        "• Lia kommune: Felles vann (1 250 000 kroner)\n• Vik kommune: Stille gater (700 000 kroner)\n"
    )
    reading = read(text)
    assert reading.rounds[0].amount_nok and reading.rounds[0].amount_nok.value == 12_400_000
    nb, en = (summary_text(reading, language).replace("\N{NO-BREAK SPACE}", " ") for language in ("nb", "en"))
    assert "søkere, 12 400 000 kroner [5] (tildelt)" in nb and "Felles vann: 1 250 000 kroner" in nb
    assert "applicants, NOK 12,400,000 [5] (award)" in en and "status: awarded?" in en
    assert "12400000" not in nb + en and "1250000" not in nb + en


def test_the_summary_names_each_status_and_says_where_an_amount_is_not_known() -> None:
    for label, nb in (("Løsningen er tatt i bruk", "tatt i bruk"), ("Pågår", "i gang"), ("Stanset", "stanset")):
        reading = read(f"Bad på nett\n\nProsjekteier: Lia kommune\nStatus: {label}\nProsjektperiode: 2029–2030\n")
        assert f"status: {nb} [4]" in summary_text(reading, "nb")
    assert "ukjent beløp" in summary_text(read("To prosjekter får støtte\n\n4. mai 2030\n\nDe er bra.\n"), "nb")
