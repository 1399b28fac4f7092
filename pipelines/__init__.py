"""When and how it runs: the composition root.

Belongs here: resources, jobs, schedules, sensors, the definitions that put them together, and the command that
starts a run from the shell.
Does not belong here: assets and checks (`assets`) and the domain (`gevinst`).
"""
