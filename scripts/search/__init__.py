"""The index of everything and the questions put to it.

In: the tables of the database, or what a person typed; out: the full-text index, or ranked hits
with passages, facets, hints and suggestions. May use: no other room.
"""
