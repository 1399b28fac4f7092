"""The follow-up clock: who owes what on a day, what owners are asked, and what they answer.

Belongs here: everything between the list of whom to ask and the rows that answers become.
Does not belong here: who is to be asked and why (`gevinst.method.follow_up`), the words of reasons and questions, which
the page on follow-up shares (`gevinst.site.pages.follow_up`), and writing raw files (`gevinst.intake.append`).
"""
