"""Everything that ``check`` says of the records and of what was built from them.

In: a folder of records and, where there, the database, pictures and static site; out: outcomes with
counts and problems (form, references, invariants, sources, addresses, privacy). May use: records,
reading, identity, history, privacy, pictures, excerpts, tables.
"""
