"""A record in other forms: JSON, citations, annotations, IIIF.

In: a view; out: the text of the form and its media type. May use: web.view, web.parts.
"""
