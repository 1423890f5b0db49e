"""A passage that a person chose is found again on its page, and its wording taken from there.

In: locators (page, first and last words) and pages; out: wordings with their places on the picture,
proposals for new ones, and whether the records' own words are our own. May use: records, reading,
privacy.
"""
