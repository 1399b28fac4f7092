"""What people are told of runs: how one ended, that none came, and to whom it is sent.

Belongs here: the record of the last runs in the marts folder, the words about it, e-mail and webhook.
Does not belong here: running (`pipelines`) and what readers of an edition get (`gevinst.site`).
"""
