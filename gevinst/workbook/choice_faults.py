"""What is said of a row whose choice (new, changed, corrected, unchanged) does not fit what it holds.

Belongs here: the sentences, in bokmål and English.
Does not belong here: when they are said (`merge_rows.py`).
"""

from __future__ import annotations

UNKNOWN_CHOICE = (
    "valget er ikke kjent; velg fra lista i cella.",
    "the choice is not known; choose from the list in the cell.",
)
NOTHING_BEFORE = (
    "raden svarer ikke til noe som er ført før; velg Ny, eller rett nøkkelen.",
    "the row matches no earlier entry; choose New, or correct its id.",
)
SILENT_CHANGE = (
    "verdien er en annen enn den som er ført før; velg Endret, eller sett den tilbake.",
    "the value differs from the one entered before; choose Changed, or restore it.",
)
KEPT_AS_IT_IS = (
    "verdien er en annen enn den som er ført før; sett cella tilbake, og før det som er nytt, som plan, utsagn eller "
    "måling. Var den gamle feil, velg Rettet.",
    "the value differs from the one entered before; restore the cell, and enter what is new as a plan, claim or "
    "measurement. If the old one is wrong, choose Corrected.",
)
ONLY_TRANSLATED = (
    "bare den engelske teksten i raden er ny, og den er en oversettelse; velg Uendret eller Rettet.",
    "only the English text of the row is new, and that is a translation; choose Unchanged or Corrected.",
)
OLD_ENGLISH = (
    "den norske teksten er rettet, men den engelske er den gamle; rett den også, eller tøm cella, så venter den på "
    "oversettelse.",
    "the Norwegian text is corrected, but the English is the old one; correct it too, or clear the cell, and it waits "
    "for a translation.",
)
NOTHING_CHANGED = (
    "raden er merket Endret, men ingenting i den er endret; endre den, eller velg Uendret.",
    "the row is marked Changed, but nothing in it is; change it, or choose Unchanged.",
)
SAME_REASON = (
    "et nytt trinn trenger sin egen begrunnelse, men denne er den gamle; skriv hvorfor.",
    "a new step needs its own reason, but this is the old one; write why.",
)
SAME_SOURCE = (
    "et nytt trinn trenger sin egen kilde, men denne er den gamle; oppgi dokumentet og stedet i det.",
    "a new step needs its own source, but this is the old one; give the document and the place in it.",
)
SAME_SOURCE_OF_PLAN = (
    "en endret plan trenger sin egen kilde, men denne er den gamle; oppgi dokumentet med den nye planen, og stedet i "
    "det.",
    "a changed plan needs its own source, but this is the old one; give the document with the new plan, and the place "
    "in it.",
)
SAME_DATE = (
    "et nytt trinn gjelder en ny dato, men denne er den gamle; skriv datoen opplysningen gjelder.",
    "a new step is about a new date, but this is the old one; enter the date that the statement is about.",
)
