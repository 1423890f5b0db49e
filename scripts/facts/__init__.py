"""What a memorandum says of itself: parties, model, form, dates, fields.

In: pages as read; out: facts, each with its page, its words' place and how sure it is, and the
records that keep them. May use: records, reading, identity.
"""
