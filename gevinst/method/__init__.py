"""What is computed: pure functions, lazy frame in, lazy frame out.

Belongs here: the rules of the method, each with its source, units and errors in its docstring. The relational part
is written once in narwhals and runs alike on Polars frames and DuckDB relations.
Does not belong here: reading, storing, Dagster, texts for readers.
"""
