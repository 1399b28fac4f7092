"""The report: what the pages say to a programme lead, as one accessible PDF in each language.

Belongs here: choosing from the pages, sizing figures for paper, and setting the document with Typst.
Does not belong here: what pages say (`gevinst.site.pages`): the report repeats their words and numbers, so that the two
can never differ.
"""
