"""The announcement reader: from a saved page to proposed rows that a person accepts or discards.

Belongs here: everything from the bytes of a page to a draft, and from an accepted draft to the registry.
Does not belong here: reading what is already in the registry (`gevinst.intake.core`).

`read_page.read_page(path)` returns a `model.Reading`. The steps: `document` makes lines, `article` marks those outside
the article, `projects_in_fields` and `projects_in_prose` find projects, `projects` completes them with `benefits`,
dates and amounts, `rounds` finds the round, `document_type` determines the type of the page. `to_rows` makes rows of a
reading, `accept` writes drafts and adds accepted ones to the registry. All words and confidences are data in
`vocabulary`.
"""
