"""Raw files as assets, so that lineage begins at the file that somebody delivered.

Belongs here: one external asset per raw table.
Does not belong here: reading them (`core.py`).
"""

import dagster as dg

from assets.metadata import team
from gevinst.contracts import CORE, CORRECTIONS, Contract
from gevinst.quality import Owner


def raw_key(contract: Contract) -> dg.AssetKey:
    """The asset key of a table's raw file or files."""
    return dg.AssetKey(["raw", *filter(None, [contract.folder]), contract.name])


raw_files = [
    dg.AssetSpec(
        raw_key(contract),
        group_name="raw",
        description=f"{contract.title('en')}: the delivered file. {contract.grain('en')}",
        kinds={"csv", "file"},
        owners=[team(Owner.EVALUATOR if contract.folder == "evaluations" else Owner.REGISTRY_EDITOR)],
    )
    for contract in (*CORE, CORRECTIONS)
]
