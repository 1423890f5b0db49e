"""Agreements over time: what began, changed and ended, and what must be true of all that.

In: bodies, tracks and lists; out: agreements with their standing, events, documents' agreements,
questions for a person, and the results of the invariants. May use: records, lists, identity.
"""
