"""Files that others read or write, each in the form that its standard asks for.

Belongs here: the files of an edition beside its pages (CSV, Parquet, workbook, data package, DCAT), the layouts that
the registry is carried to and from (360Giving for grants, the yearly GMPP layout of the UK for benefits), looking up
organisations in Enhetsregisteret, and naming what each of them cannot carry.
Does not belong here: reading the project's own files (`gevinst.intake`), the evaluator's workbook (`gevinst.workbook`),
and when an edition is written (`gevinst.edition`).
"""

LAYOUTS = ("360giving", "gmpp")
"""Layouts that a registry can be exchanged in; kept here, where the command line reads them without loading any."""
