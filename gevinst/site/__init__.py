"""The published pages: figures, texts and the static site.

Belongs here: everything that turns the tables of an edition into something to read.
Does not belong here: computing results (`gevinst.method`) and storing them (`gevinst.warehouse`).
"""
