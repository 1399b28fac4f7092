"""Where a figure comes from: its rule, the rows that count, and the source rows and documents behind them.

Belongs here: finding everything behind an address, in an edition or in the working warehouse (`find.py`), and putting
it into words (`words.py`).
Does not belong here: the command (`gevinst.commands.explain`) and what an address is (`gevinst.contracts.addressing`).
"""

from gevinst.explain.find import Explanation, SourceTable, explain
from gevinst.explain.nearest import ExplainError
from gevinst.explain.words import MOST_ROWS, explanation_text

__all__ = ["MOST_ROWS", "ExplainError", "Explanation", "SourceTable", "explain", "explanation_text"]
