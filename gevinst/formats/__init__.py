"""Carrying the registry to and from the layouts that others use, and looking organisations up.

Belongs here: 360Giving for grants, the yearly layout of the UK's Government Major Projects Portfolio (GMPP) for
benefits, Enhetsregisteret for organisations, and naming what each of them cannot carry.
Does not belong here: reading the project's own files (`gevinst.intake`) and the edition's own files
(`gevinst.edition`).
"""

LAYOUTS = ("360giving", "gmpp")
"""Layouts that a registry can be exchanged in; kept here, where the command line reads them without loading any."""
