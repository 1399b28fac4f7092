"""Sentences of the register of benefits: what was promised, and what is reported.

Belongs here: pure functions from a row of `register_counts` to sentences.
Does not belong here: the wording (``pages/benefits/benefit_register.toml``), and any counting.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gevinst.language.texts import Catalogue

Facts = Mapping[str, Any]


def lead(counts: Facts, catalogue: Catalogue) -> str:
    """How many benefits there are, and how far they have come; what nobody has looked for in a sentence of its own."""
    if not counts["benefit_count"]:
        return catalogue.t("benefit_register.lead_nothing")
    parts = [
        catalogue.t("benefit_register.lead_all", n=counts["benefit_count"], projects=counts["project_count"]),
        catalogue.t("benefit_register.lead_not_found", n=counts["promised_not_found_count"]),
    ]
    if counts["promised_not_coded_count"]:
        parts.append(catalogue.t("benefit_register.lead_not_coded", n=counts["promised_not_coded_count"]))
    if counts["promised_stated_not_count"]:
        parts.append(catalogue.t("benefit_register.lead_stated_not", n=counts["promised_stated_not_count"]))
    parts.append(
        catalogue.t(
            "benefit_register.lead_told",
            said=catalogue.t("benefit_register.lead_said", n=counts["said_count"]),
            measured=catalogue.t("benefit_register.lead_measured", n=counts["measured_stage_count"]),
            documented=catalogue.t("benefit_register.lead_documented", n=counts["documented_stage_count"]),
        )
    )
    return " ".join(parts)
