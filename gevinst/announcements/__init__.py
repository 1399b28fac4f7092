"""Reading announcements: a page that somebody saved, to proposed rows that a person accepts or throws away.

Belongs here: everything from the bytes of a page to a draft, and from an accepted draft to the registry.
Does not belong here: reading what is already in the registry (`gevinst.intake.core`).

The way of a page: `document` and `page_html` make lines, `boilerplate` marks what is no part of the article, `fields`
finds labels, `blocks`, `tables` and `items` find projects, `projects` completes them with `gains`, `status` and dates,
`rounds` finds the round, and `reading` puts it together.
"""
