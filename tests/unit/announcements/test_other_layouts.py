"""Kinds of layout on pages of other schemes, each with variants: what is read, and what must not be."""

from __future__ import annotations

import pytest

from tests.unit.announcements.test_other_schemes import codes, projects, read


def award(body: str, *, lead: str = "To prosjekter får støtte.") -> str:
    return f"<html><body><h1>Tildelinger</h1>\n<p>Publisert 4. mai 2030</p>\n<p>{lead}</p>\n{body}</body></html>"


FELLES = ("Felles vann", ["Lia kommune"], ["Vik kommune"])
STILLE = ("Stille gater", ["Vik kommune"], [])


@pytest.mark.parametrize(
    "page",
    [
        # Terms of a list, one of which is known.
        "<h2>Felles vann</h2><dl><dt>Vertskommune</dt><dd>Lia kommune</dd><dt>Med</dt><dd>Vik kommune</dd>"
        "<dt>Ordstyrer</dt><dd>Sør kommune</dd></dl>"
        "<h2>Stille gater</h2><dl><dt>Vertskommune</dt><dd>Vik kommune</dd></dl>",
        # Labels in bold or in an element of their own, without a colon.
        "<h3>Felles vann</h3><p><b>Prosjekteier</b><br>Lia kommune</p><p><span>Partnere</span> Vik kommune</p>"
        "<h3>Stille gater</h3><p><b>Prosjekteier</b><br>Vik kommune</p>",
        # Questions for labels.
        "<h3>Felles vann</h3><dl><dt>Hvem står bak?</dt><dd>Lia kommune</dd><dt>Hvem er med?</dt><dd>Vik kommune</dd>"
        "</dl><h3>Stille gater</h3><dl><dt>Hvem står bak?</dt><dd>Vik kommune</dd></dl>",
        # A summary that opens, above the fields.
        "<details><summary>Felles vann</summary><p>Eier: Lia kommune</p><p>Partner: Vik kommune</p></details>"
        "<details><summary>Stille gater</summary><p>Eier: Vik kommune</p></details>",
        # Short words between heading and fields are no heading.
        "<h2>Felles vann</h2><span>Klima</span> <span>Pågår</span><p>Vann over grensene.</p><p>Eier: Lia kommune</p>"
        "<p>Partner: Vik kommune</p><h2>Stille gater</h2><span>By</span><p>Ro.</p><p>Eier: Vik kommune</p>",
    ],
)
def test_labels_that_a_page_draws_are_no_part_of_a_name(page: str) -> None:
    assert projects(read(award(page), "page.html")) == [FELLES, STILLE]


def test_an_unknown_label_is_no_name_and_is_told_with_its_line() -> None:
    blocks = "\n\n".join(
        f"{name}\nEier: {owner}\nOrdstyrer: Sør kommune"
        for name, owner in (("Felles vann", "Lia kommune"), ("Stille gater", "Vik kommune"))
    )
    reading = read(f"Tildelinger\n\n4. mai 2030\n\n{blocks}")
    assert [one[0] for one in projects(reading)] == ["Felles vann", "Stille gater"]
    assert [note.line for note in reading.findings if note.code == "label_not_known"] == [7, 11]


def test_the_same_unknown_label_above_each_owner_gives_the_names() -> None:
    blocks = "\n-----\n".join(
        f"Lag: {name}\nEier: {owner}"
        for name, owner in (("Felles vann", "Lia kommune"), ("Stille gater", "Vik kommune"))
    )
    reading = read(f"Tildelinger\n\n4. mai 2030\n\n-----\n{blocks}")
    assert [one[:2] for one in projects(reading)] == [FELLES[:2], STILLE[:2]]
    assert all(one.name and one.name.confidence < 0.9 for one in reading.projects)


@pytest.mark.parametrize(
    "item",
    [
        "Felles vann – Lia kommune (partner: Vik kommune)",
        "Felles vann – Lia kommune (med Vik kommune)",
        "Felles vann (Lia kommune, med Vik kommune)",
        "Felles vann: Lia kommune i lag med Vik kommune",
        "Felles vann, Lia kommune, sammen med Vik kommune",
        "Felles vann, ledet av Lia kommune med Vik kommune",
    ],
)
def test_the_item_of_a_list_gives_name_owner_and_partner(item: str) -> None:
    reading = read(
        f"Tildelinger\n\n4. mai 2030\n\nDisse prosjektene får støtte:\n\n• {item}\n• Stille gater – Vik kommune"
    )
    assert projects(reading) == [FELLES, STILLE]


def test_words_in_bold_are_the_name_or_the_owner() -> None:
    named = (
        "<ul><li><strong>Felles vann</strong>, Lia kommune, sammen med Vik kommune</li>"
        "<li><b>Stille gater</b> Vik kommune</li></ul>"
    )
    owned = "<ul><li><b>Lia kommune</b> – Felles vann</li><li><b>Vik kommune</b>: Stille gater</li></ul>"
    introduced = "<p>Disse prosjektene får støtte:</p>"
    assert projects(read(award(introduced + named), "page.html")) == [FELLES, STILLE]
    assert [one[:2] for one in projects(read(award(introduced + owned), "page.html"))] == [FELLES[:2], STILLE[:2]]


HEADS = (
    "<tr><th rowspan='2'>Prosjekt</th><th colspan='2'>Aktører</th><th rowspan='2'>Tildelt</th></tr>"
    "<tr><th>Eier</th><th>Andre</th></tr>"
)
ROWS = (
    "<tr><td>Felles vann</td><td>Lia kommune</td><td>Vik kommune</td><td>900 000</td></tr>"
    "<tr><td>Stille gater</td><td>Vik kommune</td><td></td><td>700 000</td></tr>"
)
SUM = "<tr><th colspan='3'>Sum</th><td>1 600 000</td></tr>"


def test_headings_on_two_levels_parts_and_the_sum_of_a_table_are_known() -> None:
    table = f"<table>{HEADS}<tr><th colspan='4'>Vann og vei</th></tr>{ROWS}{SUM}</table>"
    reading = read(award(table), "page.html")
    assert projects(reading) == [FELLES, STILLE]
    assert [one.grant and one.grant.value for one in reading.projects] == [900_000, 700_000]
    amount = reading.rounds[0].amount_nok
    assert amount is not None and amount.value == 1_600_000 and amount.confidence >= 0.9


def test_a_sum_that_is_another_than_the_amount_of_the_text_is_told() -> None:
    lead = "To prosjekter får til sammen 2,6 millioner kroner."
    reading = read(award(f"<table>{HEADS}{ROWS}{SUM}</table>", lead=lead), "page.html")
    assert reading.rounds[0].amount_nok and reading.rounds[0].amount_nok.value == 2_600_000
    assert "sum_differs" in codes(reading)


def test_a_table_with_its_headings_at_the_side_is_read_less_surely_where_its_corner_is_empty() -> None:
    rows = (
        "<tr><th>{corner}</th><th>Felles vann</th><th>Stille gater</th></tr>"
        "<tr><th>Eier</th><td>Lia kommune</td><td>Vik kommune</td></tr>"
        "<tr><th>Partnere</th><td>Vik kommune</td><td></td></tr>"
    )
    for corner, is_sure in (("Prosjekt", True), ("", False)):
        reading = read(award(f"<table>{rows.format(corner=corner)}</table>"), "page.html")
        assert projects(reading) == [FELLES, STILLE]
        assert all(one.name and (one.name.confidence >= 0.9) is is_sure for one in reading.projects)


def test_a_bare_number_is_no_kroner_on_a_page_in_other_money() -> None:
    lead = "To prosjekter deler £1.6 million."
    reading = read(award(f"<table>{HEADS}{ROWS}{SUM}</table>", lead=lead), "page.html")
    assert [one.grant for one in reading.projects] == [None, None]
    assert not any(one.amount_nok for one in reading.rounds)


def test_a_missing_cell_is_placed_where_only_one_way_fits() -> None:
    heads = ["Søker", "Prosjekt", "Partner", "Tildelt"]
    whole = ["Lia kommune", "Felles vann", "Vik kommune", "900 000"]
    lacking = ["Vik kommune", "Stille gater", "700 000"]
    cells = [*heads, *whole, *lacking, "Sør kommune", "Bilfri uke", "Lia kommune", "500 000"]
    reading = read("Tildelinger\n\n4. mai 2030\n\n" + "\n\n".join(cells))
    assert projects(reading) == [FELLES, STILLE, ("Bilfri uke", ["Sør kommune"], ["Lia kommune"])]
    assert all(one.confidence < 0.9 for project in reading.projects for one in project.owners)


def test_columns_of_blanks_pages_and_broken_words_of_a_printed_page_are_read() -> None:
    text = (
        "Fylkesrådet mottok 23 søknader ved fristens utløp, og har nå tildelt mid-\n"
        "lene for 2030. To prosjekter får til sammen 4,6 millioner kroner, og Lia\n"
        "Vannverk skal følge arbeidet med begge to gjennom hele perioden på to år.\n"
        "Resten av midlene lyses ut på nytt til høsten, og da med samme kriterier.\n"
        "Alle som søkte får et eget brev med en begrunnelse for vedtaket i saken.\n\n"
        "Søker             Prosjekt           Partner           Tildelt\n"
        "Lia kommune       Felles vann        Vik kommune       900 000\n"
        "Vik kommune       Stille gater i                       700 000\n"
        "                  hele byen\n\n"
        "                                                  Side 1 av 2\n"
    )
    reading = read(f"Tildelinger\n\n4. mai 2030\n\n{text}")
    assert projects(reading) == [FELLES, ("Stille gater i hele byen", ["Vik kommune"], [])]
    found = reading.rounds[0]
    assert [one and one.value for one in (found.year, found.selected, found.applicants)] == [2030, 2, 23]


def test_cells_parted_by_slashes_below_headings_of_the_same_form_are_a_table() -> None:
    rows = "Søker / Prosjekt / Tildelt\nLia kommune / Felles vann / 900 000\nVik kommune / Stille gater / 700 000"
    assert [one[:2] for one in projects(read(f"Tildelinger\n\n4. mai 2030\n\n{rows}"))] == [FELLES[:2], STILLE[:2]]


def test_groups_of_lines_alike_are_projects() -> None:
    groups = [("Lia kommune", "Felles vann"), ("Vik kommune", "Stille gater"), ("Sør kommune", "Bilfri uke")]
    text = "\n\n".join(f"{owner}\n{name}\n900 000 kroner" for owner, name in groups)
    reading = read(f"Tre prosjekter får støtte\n\n4. mai 2030\n\nDisse er valgt ut:\n\n{text}")
    assert [(name, owners[0]) for name, owners, _ in projects(reading)] == [(name, owner) for owner, name in groups]


@pytest.mark.parametrize(
    "heading", ["Kva skjer no?", "Hva skjer videre?", "Om ordningen", "How to apply", "Who can apply", "Next steps"]
)
def test_a_heading_that_names_no_project_makes_none(heading: str) -> None:
    page = (
        f"Lia kommune får støtte\n\n4. mai 2030\n\nLia kommune har fått 1,2 millioner kroner til prosjektet "
        f"«Felles vann».\n\nSamarbeid\n\nLia kommune eier prosjektet. Vi samarbeider med Vik kommune.\n\n{heading}\n\n"
        "Lia kommune starter arbeidet til høsten."
    )
    assert projects(read(page)) == [FELLES]


@pytest.mark.parametrize(
    "page",
    [
        "Tolv kommuner fikk ekstra midler.\n\nLia kommune får 3,2 millioner kroner, og Vik kommune får 1,1 millioner.",
        "Kommunen får 2 millioner kroner i støtte\n\n4. mai 2030\n\nPengene går til drift.",
        "The council receives funding\n\nThe council has been awarded £2 million.",
        "Statsbudsjettet\n\nLia kommune har fått støtte til flere prosjekter, blant annet «Felles vann» og «Nye hjem».",
        "Rammeavtale\n\nFrist: 4. mai 2031\nLeverandører: Lys AS, Ull & Tråd\n\nAvtalen varer i fire år.",
        "Evaluering\n\n64 prosjekter fikk støtte.\n\nEksempel: Lia kommune\n\nLia kommune sparte 2 millioner kroner.",
    ],
)
def test_money_words_for_an_owner_and_suppliers_alone_make_no_project(page: str) -> None:
    reading = read(page)
    assert projects(reading) == [] and not any(one.amount_nok for one in reading.rounds)


@pytest.mark.parametrize(
    "rows",
    [
        "Søker / Prosjekt / Søknadsbeløp\nLia kommune / Felles vann / 900 000",
        "Disse har søkt: Lia kommune, Vik kommune",
    ],
)
def test_a_list_of_applicants_is_neither_an_award_nor_a_call(rows: str) -> None:
    text = "19 søknader kom inn innen søknadsfristen. Ingen vedtak er fattet. Rammen er 6 millioner kroner."
    reading = read(f"Søkere til fondet\n\n4. mai 2030\n\n{text}\n\n{rows}")
    assert reading.type.value == "other" and not reading.projects
    assert [one.applicants and one.applicants.value for one in reading.rounds] == [19]
    assert reading.rounds[0].amount_nok is None and "applicants_only" in codes(reading)


@pytest.mark.parametrize(
    ("sentence", "selected"),
    [
        ("Tre store utfordringer skal løses. Åtte prosjekter er valgt ut.", 8),
        ("Tre av prosjektene er fra i nord. Åtte prosjekter får støtte.", 8),
        ("Åtte prosjekter får støtte. I 2028 fikk fem prosjekter støtte.", 8),
        ("Vi forventer å støtte 10–12 prosjekter.", None),
        ("Lia kommune er én av åtte som får støtte.", 8),
        ("Åtte av 44 søkere når opp i årets tildeling.", 8),
    ],
)
def test_what_is_counted_as_selected_are_projects_of_this_round(sentence: str, selected: int | None) -> None:
    reading = read(f"Nytt fra fondet\n\n4. mai 2030\n\n{sentence} 44 søknader kom inn.")
    counts = [one.selected.value for one in reading.rounds if one.selected]
    assert counts == ([] if selected is None else [selected])


def test_the_year_in_which_a_scheme_was_founded_is_not_that_of_the_round() -> None:
    reading = read("Åtte prosjekter får støtte\n\n4. mai 2030\n\nOrdningen ble etablert i 2025. 44 søknader kom inn.")
    assert reading.rounds[0].year and reading.rounds[0].year.value == 2030


def test_names_under_a_label_that_do_not_read_as_bodies_are_less_sure() -> None:
    reading = read(
        "Prosjekt: Felles vann\nEier: Lia kommune, Nordlia\nPartnere: den lokale foreningen for vann\n"
        "Leverandør: ikke valgt ennå"
    )
    project = reading.projects[0]
    assert project.owners[0].confidence >= 0.9 and project.suppliers == []
    assert [one.value for one in project.partners if one.confidence >= 0.9] == []


def test_a_file_of_one_line_keeps_the_figures_of_its_round() -> None:
    page = award(f"<table>{HEADS}{ROWS}</table>", lead="23 søknader kom inn, og to prosjekter får støtte.")
    found = read(page.replace("\n", ""), "page.html").rounds[0]
    assert found.selected and found.applicants and (found.selected.value, found.applicants.value) == (2, 23)


def test_sentences_below_a_heading_say_who_owns_joins_and_supplies() -> None:
    text = (
        "To prosjekter får støtte\n\n4. mai 2030\n\nFelles vann\n\n"
        "Bak prosjektet står Lia kommune, som samarbeider med Vik kommune. "
        "Rådgivningsselskapet Stille Vann AS er valgt som leverandør.\n\nStille gater\n\n"
        "Vik kommune søkte i fjor også. I prosjektet deltar også Sør kommune og Høgskolen på Lia."
    )
    reading = read(text)
    assert projects(reading) == [FELLES, ("Stille gater", ["Vik kommune"], ["Sør kommune", "Høgskolen på Lia"])]
    assert [one.value for one in reading.projects[0].suppliers] == ["Stille Vann AS"]


@pytest.mark.parametrize(
    "fields",
    [
        "Eier: Lia kommune. Partner: Vik kommune.",
        "Eier: Lia kommune, partner: Vik kommune",
        "EIER\nLia kommune\n\nDELTAKERE\nVik kommune",
        "Eier\nLia kommune\n\nPartnere\nVik kommune",
        "Partnere: Vik\nkommune\nEier: Lia kommune",
    ],
)
def test_labels_on_one_line_in_capitals_and_with_broken_values_are_read(fields: str) -> None:
    page = f"PROSJEKT\nFelles vann\n\n{fields}\n\nTIDSROM\n2030–2031\n\nSTATUS\nPågår"
    assert projects(read(page)) == [FELLES]


def test_the_body_between_signs_below_the_name_of_a_card_owns_it() -> None:
    cards = "".join(
        f"<article><h3>{name}</h3><p>2030 · {owner} · Pågår</p><p>Mer om dette.</p></article>"
        for name, owner in (("Felles vann", "Lia kommune"), ("Stille gater", "Vik kommune"))
    )
    page = f"<html><body><h1>Prosjektarkivet</h1>{cards}</body></html>"
    assert [one[:2] for one in projects(read(page, "page.html"))] == [FELLES[:2], STILLE[:2]]


def test_whose_site_tells_of_its_own_work_is_the_supplier() -> None:
    page = (
        "<html><head><title>Felles vann | Stille Studio</title></head><body><h1>Felles vann</h1>"
        "<p>Slik hjalp vi Lia kommune.</p><p>Kunde: Lia kommune</p><h2>Vår rolle</h2><p>Vi tegnet.</p></body></html>"
    )
    (project,) = read(page, "page.html").projects
    assert [(one.value, one.confidence < 0.9) for one in project.suppliers] == [("Stille Studio", True)]


def test_one_of_two_counts_that_are_equally_sure_is_not_told_as_sure() -> None:
    reading = read("Nytt fra fondet\n\n4. mai 2030\n\nFondet ga støtte til 40 prosjekter. Seks prosjekter får støtte.")
    selected = reading.rounds[0].selected
    assert selected is not None and selected.confidence < 0.9
