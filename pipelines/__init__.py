"""When and how it runs: the composition root.

Belongs here: resources, jobs, schedules, sensors, the definitions that put them together, the commands that
start a run from the shell, and Dagster's own pages.
Does not belong here: assets and checks (`assets`) and the domain (`gevinst`).
"""
