"""A PDF becomes pages: embedded text, repaired or read by eye, with the place of every word.

In: a file and a cache; out: words with boxes, quality, paragraphs and form fields, in a child
process so that a bad file costs one page. May use: no other room.
"""
