"""The evaluator's workbook: written with what is known, read back with every fault named, and imported.

Belongs here: everything between a person's spreadsheet and new rows of ``data/raw/evaluations``.
Does not belong here: rules about values, keys and references, which all intake shares (`gevinst.intake`), and the rules
of content (`gevinst.quality`).

How a cell is written. Cells show texts, never bare codes: a code as its text in the code list, a reference as
``name [id]``, a flag as yes or no. The stored value is the code, the id, true or false. Any of these is accepted, in
either language, so that a workbook can be filled in by hand, by paste or by program.
"""
