"""The one base of errors that a person can mend.

Belongs here: the base class. Its messages say what is wrong, where, and what to do, in one or two sentences.
Does not belong here: particular errors, which stand beside the code that raises them.
"""

from __future__ import annotations


class GevinstError(Exception):
    """Something that a person can mend; commands print the message and end with exit code 1."""
