"""What a page is before it is HTML: values, addresses and words.

In: a path and its query; out: the frozen view that a page returns, links between pages, and words
in the reader's language. May use: no other room.
"""
