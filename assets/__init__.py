"""What is made: Dagster assets and asset checks, one module per layer.

Belongs here: wiring of at most 15 lines a function. No module here may use ``from __future__ import annotations``:
Dagster reads the annotations of `context` and resources at run time.
Does not belong here: how anything is read, computed, checked or published (`gevinst`), and when it runs (`pipelines`).
"""
