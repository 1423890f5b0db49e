"""The pages of ``docs/`` with their figures, tables and charts from the database.

In: Markdown with references and the built database; out: the explainer as MkDocs builds it, aside
and swapped in. May use: no other room.
"""
