"""The records: text files that hold the archive's substance, one model for each table.

In: CSV files and Markdown below ``db/records``; out: frozen rows in order, and the same files
written in canonical form. May use: no other room.
"""
