"""The evaluator's workbook: written with what is known, read back with every fault named, and taken into the raw files.

Belongs here: the way of a judgement from a person's spreadsheet to rows of ``data/raw/evaluations``.
Does not belong here: rules about values, keys and references, which all intake shares (`gevinst.intake`), and the rules
of content (`gevinst.quality`).

How a cell is written. Cells show texts, never bare codes: a code as its text in the code list, a reference as
``name [id]``, a flag as yes or no. What is stored is the code, the id, true or false. A reader takes any of them, in
either language, so that a workbook can be filled in by hand, by paste or by program.
"""
