"""Fields of the tables about the data themselves: rejected rows, corrections and check results.

Belongs here: fields that only these tables have.
Does not belong here: the checks (`gevinst.quality`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, code, count, day, text, whole

QUALITY = (
    text("file", "Fila raden står i.", "The file that holds the row.", required=True),
    text("sheet", "Arket i fila; tomt for tekstfiler.", "The sheet; empty for text files."),
    whole(
        "row_number",
        "line",
        "Linjenummer i fila, med overskriften som linje 1.",
        "Line number in the file, the header being line 1.",
        required=True,
        minimum=1,
    ),
    text("column_name", "Kolonnen med feil.", "The column at fault.", required=True),
    text("correction_id", "Fast nøkkel for rettelsen.", "Permanent id of the correction.", required=True),
    text("table_name", "Tabellen som rettes.", "The table to correct.", required=True),
    text(
        "key",
        "Nøkkelen til raden som rettes; har den flere deler, står de med skråstrek mellom.",
        "Key of the row to correct; its parts are separated by slashes.",
        required=True,
    ),
    text(
        "expect",
        "Verdien som skal stå der, tom når ingenting skal; står det noe annet, stanser kjøringen.",
        "The value that must be there, empty when nothing must; when it is not, the run stops.",
    ),
    text("replace", "Verdien som settes inn; tom når den tas bort.", "The value put in its place; empty to remove it."),
    day("registered_on", "Når rettelsen ble ført.", "When the correction was entered.", required=True),
    text("check_id", "Fast nøkkel for kontrollen.", "Permanent id of the check.", required=True),
    code("severity_code", "severity", "Kritiske feil stanser utgaven.", "Critical faults stop the edition."),
    code(
        "check_outcome_code",
        "check_outcome",
        "Om kontrollen er bestått, og om det var noe å kontrollere.",
        "Whether the check passed, and whether there was anything to check.",
    ),
    count("checked_count", "Rader kontrollert.", "Rows checked.", additivity=Additivity.NO),
    count("unexpected_count", "Rader med avvik.", "Rows that deviate.", additivity=Additivity.NO),
    text("unexpected_keys", "Nøklene til de første radene med avvik.", "Keys of the first rows that deviate."),
)
