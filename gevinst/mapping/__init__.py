"""Registers that others keep, taken in by a mapping that a person can read and edit.

Belongs here: what a column of a register can be, proposing a mapping with reasons, the file that it stands in, and the
rows that a register gives by it, this year and the next.
Does not belong here: opening files (`gevinst.formats`), checking and writing rows (`gevinst.intake`), and reading the
rows of a benefits register, which are those of the workbook's sheets (`gevinst.workbook.read_register`).
"""
