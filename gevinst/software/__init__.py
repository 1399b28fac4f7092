"""The software that an edition is made with: what the locks name, and what is known to be wrong with it.

Belongs here: reading locks (`locks.py`) and advisories (`advisories.py`).
Does not belong here: the files in an edition that list the software (`gevinst.formats.cyclonedx`).
"""
