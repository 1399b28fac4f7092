"""Everything that speaks to readers in bokmål and English: texts, numbers, dates, terms and phrases.

Belongs here: finding a text by its key and writing values the way a language writes them.
Does not belong here: what is said where (`gevinst.site`, `gevinst.workbook`, commands), and the texts of one
page, which lie in its folder.
"""
