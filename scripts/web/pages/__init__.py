"""One module per kind of page: queries, a frozen value, the function that makes the view.

In: the database and what is asked; out: a view, or nothing where there is no such record. May use:
search, web.view, web.parts.
"""
