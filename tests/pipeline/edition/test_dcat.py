"""The description for data catalogues, as an RDF library reads it."""

import json
from dataclasses import replace

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from gevinst.contracts import PUBLISHED
from gevinst.contracts.schema import conform
from gevinst.formats.datapackage import data_package
from gevinst.formats.dcat import dcat_catalogue, missing_statements
from gevinst.formats.sqlite import write_sqlite
from gevinst.formats.tables import write_tables
from gevinst.formats.xlsx import write_workbook
from gevinst.settings import SiteAddress, SiteOwner

VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
BASE = "https://example.org/gevinst"
EDITION = rdflib.URIRef(f"{BASE}/2026-1/")
OWNER = SiteOwner("Etaten", "post@example.org", None)
# Of DCAT-AP-NO 3.0, and `dct:identifier` of 2.2.
OF_ALL = {DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCTERMS.identifier}
MANDATORY = {DCAT.Catalog: {*OF_ALL, DCAT.dataset}, DCAT.Dataset: {*OF_ALL, DCAT.theme}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("edition")


@pytest.fixture
def graph(tables, info, settings, folder):
    """The description as triples; settings and edition may be exchanged. Tables are written once."""
    wanted = {table.name: conform(table, tables[table.name]) for table in PUBLISHED}
    if not (folder / "datapackage.json").exists():
        write_tables(wanted, folder, info.edition_id)
        write_sqlite(folder / "gevinst-2026-1.sqlite", wanted, info, SiteOwner())
        write_workbook(wanted, info, folder / "tables" / "gevinst-2026-1.xlsx", SiteOwner())
        (folder / "datapackage.json").write_text(
            json.dumps(data_package(info, wanted, folder, SiteOwner())), encoding="utf-8"
        )

    def graph(owner=OWNER, site=None, **changes):
        installation = replace(settings, owner=owner, site=site or SiteAddress(BASE))
        described = dcat_catalogue(replace(info, **changes), wanted, installation)
        return rdflib.Graph().parse(data=json.dumps(described), format="json-ld", publicID=(folder / "x").as_uri())

    return graph


def stated(triples, kind):
    subject = triples.value(predicate=RDF.type, object=kind, any=False)
    return {predicate for _, predicate, _ in triples.triples((subject, None, None))}


@pytest.mark.parametrize("kind", [DCAT.Catalog, DCAT.Dataset], ids=["catalogue", "dataset"])
def test_everything_that_dcat_ap_no_demands_is_stated(graph, kind):
    assert MANDATORY[kind] - stated(graph(), kind) == set()


def test_publisher_and_contact_point_have_the_parts_they_must_have(graph):
    triples = graph()
    publisher = triples.value(EDITION, DCTERMS.publisher)
    contact = triples.value(EDITION, DCAT.contactPoint)

    assert (publisher, RDF.type, FOAF.Agent) in triples
    assert str(triples.value(publisher, FOAF.name)) == "Etaten"
    assert (contact, RDF.type, VCARD.Organization) in triples
    assert (contact, VCARD.hasEmail, rdflib.URIRef("mailto:post@example.org")) in triples
    assert str(triples.value(contact, VCARD.fn)) == "Etaten"


def test_a_contact_page_is_given_as_an_address(graph):
    triples = graph(SiteOwner("Etaten", "https://example.org/kontakt"))
    contact = triples.value(EDITION, DCAT.contactPoint)

    assert (contact, VCARD.hasURL, rdflib.URIRef("https://example.org/kontakt")) in triples


@pytest.mark.parametrize(
    ("owner", "lacking"),
    [
        (SiteOwner(), {DCTERMS.publisher: "responsible_body", DCAT.contactPoint: "owner.contact"}),
        (SiteOwner("Etaten", "ring oss"), {DCAT.contactPoint: "owner.contact"}),
        (OWNER, {}),
    ],
)
def test_an_unknown_owner_is_left_out_and_reported_and_nothing_is_made_up(graph, settings, owner, lacking):
    assert MANDATORY[DCAT.Dataset] - stated(graph(owner), DCAT.Dataset) == set(lacking)

    notices = missing_statements(replace(settings, owner=owner))
    assert [reason in notice for reason, notice in zip(lacking.values(), notices, strict=True)] == [True] * len(lacking)


def test_titles_descriptions_and_keywords_are_in_both_languages(graph):
    triples = graph()

    for predicate in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        assert {text.language for text in triples.objects(EDITION, predicate)} == {"nb", "en"}
    assert "oppdiktet" not in str(list(triples.objects(EDITION, DCTERMS.description)))
    invented = graph(is_illustrative=True)
    assert "oppdiktet" in str(list(invented.objects(EDITION, DCTERMS.description)))


def test_dates_are_those_of_the_edition_and_not_of_the_build(graph):
    triples = graph()
    period = triples.value(EDITION, DCTERMS.temporal)

    assert triples.value(EDITION, DCTERMS.issued) == rdflib.Literal("2026-11-22", datatype=XSD.date)
    assert str(triples.value(period, DCAT.startDate)) == "2016-01-01"
    assert str(triples.value(period, DCAT.endDate)) == "2023-12-31"


def test_every_form_is_a_distribution_whose_files_are_there(graph, folder):
    triples = graph()
    forms = {str(form).rpartition("#")[2]: form for form in triples.objects(EDITION, DCAT.distribution)}

    assert set(forms) == {"csv", "parquet", "xlsx", "datapackage", "duckdb", "sqlite"}
    for form in forms.values():
        assert triples.value(form, DCAT.accessURL) and triples.value(form, DCTERMS.license)
        for address in triples.objects(form, DCAT.downloadURL):
            assert (folder / str(address).removeprefix(EDITION)).is_file()
    for name in ("csv", "parquet"):
        assert len(list(triples.objects(forms[name], DCAT.downloadURL))) == len(PUBLISHED)


def test_without_an_address_of_the_site_everything_is_relative_to_the_file(graph, folder):
    triples = graph(site=SiteAddress())
    dataset = triples.value(predicate=RDF.type, object=DCAT.Dataset, any=False)

    assert str(dataset) == f"{folder.as_uri()}/"
    assert str(triples.value(dataset, DCTERMS.identifier)) == "gevinst-2026-1"
    assert str(triples.value(dataset, DCAT.landingPage)) == f"{folder.as_uri()}/site/index.html"


def test_the_landing_page_is_the_one_the_installation_names(graph):
    page = "https://example.org/om-data"

    assert str(graph().value(EDITION, DCAT.landingPage)) == f"{BASE}/2026-1/site/index.html"
    assert str(graph(site=SiteAddress(BASE, page)).value(EDITION, DCAT.landingPage)) == page
