"""Guesses that a person confirms: level of an organisation, policy area of a project.

Belongs here: words that point to a code, and how sure they make us.
Does not belong here: anything the page states.
"""

from __future__ import annotations

import re

_LEVELS = (
    ("fylkeskommune", r"fylkeskommune|\bCounty\b"),
    ("kommune", r"\bkommune|\bbydel|Municipality|City of"),
    ("helseforetak", r"\bR?HF\b|sykehus|sjukehus|\bhospital|\bDPS\b|Hospital|\bHelse (?:Sør|Vest|Midt|Nord)"),
    (
        "kunnskapsinstitusjon",
        r"universitet|høgskol|høyskol|forsk|University|Research|institutt for|museum|\bsenter for|NTNU|OsloMet|DOGA",
    ),
    (
        "interesseorganisasjon",
        r"forening|forbund|nettverk|\bKS\b|organisasjon \(KS\)|samarbeidet|Association|råd for|næringsforening",
    ),
)
_SECTORS = (
    ("helse", r"helse|pasient|syk|sjuk|behandling|lege|health|patient|hospital"),
    ("justis", r"politi|fengsel|kriminal|straff|domstol|police|prison|offer for|ofre for|justis"),
    ("innvandring_integrering", r"innvandr|flyktning|integrer|asyl|introduksjons|immigra|refugee"),
    (
        "oppvekst_utdanning",
        r"barn|unge|ungdom|skole|skule|elev|utdanning|opplæring|familie|child|young|school|education",
    ),
    ("dokumentasjon_innsyn", r"arkiv|innsyn|dokument|protokoll|archive|records|kunnskapsdok"),
    ("bygg_eiendom", r"bygg|areal|eiendom|eigedom|tomt|planlegging|building|premises|property"),
    ("samferdsel", r"transport|reise|veg|vei\b|førerkort|trafikk|ferje|mobilitet|bil|travel|road|båt"),
    ("klima_miljo", r"klima|miljø|luft|natur|utslipp|avfall|vann|climate|environment|water|waste"),
    ("arbeid_velferd", r"arbeid|nav\b|velferd|sosial|jobb|employment|welfare|work"),
    ("okonomi_naering", r"økonomi|gjeld|næring|bedrift|skatt|avgift|debt|business|tax"),
    ("kultur_frivillighet", r"kultur|museum|frivillig|idrett|kunst|bibliotek|culture|volunt"),
    ("lokalsamfunn", r"nærmiljø|bydel|innbygger|innbyggjar|samskap|lokal|neighbour|community|resident"),
)


def level_of(name: str, *, is_supplier: bool) -> tuple[str, float]:
    """Code of the list `organisation_level`, and how sure; a name that says nothing is the state's."""
    if is_supplier:
        return "leverandor", 0.8
    found = next((code for code, words in _LEVELS if re.search(words, name)), None)
    return (found, 0.85) if found else ("stat", 0.6)


def sector_of(name: str, text: str) -> tuple[str, float]:
    """Code of the list `sector` by the words of the name, else of the text; the general one when nothing points."""
    for source, confidence in ((name, 0.5), (text, 0.35)):
        counts = {code: len(re.findall(words, source.lower())) for code, words in _SECTORS}
        best = max(counts, key=lambda code: counts[code])
        if counts[best]:
            return best, confidence
    return "digital_forvaltning", 0.1
