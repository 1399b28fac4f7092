"""Files that others read or write, each in the form that its standard requires.

Belongs here: the files of an edition beside its pages (CSV, Parquet, workbook, data package, DCAT), the layouts that
the registry is exported to and imported from (360Giving for grants, IATI for projects with results, the yearly GMPP
layouts of the UK for benefits), the frame that files of others are imported in, looking up organisations in
Enhetsregisteret, and reporting what each of them cannot hold.
Does not belong here: reading the project's own files (`gevinst.intake`), the evaluator's workbook (`gevinst.workbook`),
and when an edition is written (`gevinst.edition`).
"""
