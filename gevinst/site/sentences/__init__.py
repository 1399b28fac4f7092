"""Sentences that are computed from marts: headings of figures, leads of pages, summaries of runs.

Belongs here: one module per subject; each sentence is a pure function of frames and a catalogue.
Does not belong here: counting, which is `gevinst.method`'s, and the wording (the catalogue of texts).
"""
