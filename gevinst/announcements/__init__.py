"""The announcement reader: a page that somebody saved, to proposed rows that a person accepts or throws away.

Belongs here: everything from the bytes of a page to a draft, and from an accepted draft to the registry.
Does not belong here: reading what is already in the registry (`gevinst.intake.core`).

`read_page.read_page(path)` gives a `model.Reading`. The way of a page: `document` makes lines, `article` marks what is
no part of the article, `projects_in_fields` and `projects_in_prose` find projects, `projects` completes them with
`benefits`, dates and amounts, `rounds` finds the round, `document_type` says what the page is. `to_rows` makes rows
of a reading, `accept` writes drafts and takes them in. All words and confidences are data in `vocabulary`.
"""
