"""Records and what was read of held files become ``archive.db``, aside, and swapped in whole.

In: records, held files, figure queries and the explainer's prose; out: one SQLite file, the same
bytes from the same material, and a report. May use: records, held, reading, history, privacy,
comparison, pictures, excerpts, tables, search, checks.
"""
