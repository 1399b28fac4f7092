"""Everything written for readers in bokmål and English: texts, numbers, dates, terms and phrases.

Belongs here: finding a text by its key and formatting values by the rules of a language.
Does not belong here: what is said where (`gevinst.site`, `gevinst.workbook`, commands), and the texts of one
page, which lie in its folder.
"""
