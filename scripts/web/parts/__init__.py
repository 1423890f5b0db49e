"""Pieces that several kinds of page show: timelines, sentences, marks, pictures, wordings.

In: rows of the database; out: frozen pieces and the templates' environment that sets them. May use:
search, web.view.
"""
