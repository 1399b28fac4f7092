"""The published pages: figures, texts and the static site.

Belongs here: everything that makes the tables of an edition readable.
Does not belong here: computing results (`gevinst.method`) and storing them (`gevinst.warehouse`).
"""
