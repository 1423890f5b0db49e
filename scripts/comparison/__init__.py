"""How a memorandum differs from ICE's form, and what the form says.

In: masked pages and what they say of themselves; out: templates made from many memoranda, and
differences with their kind, place and how sure they are. May use: reading, facts, privacy.
"""
