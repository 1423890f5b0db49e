"""The running site: routes, answers, headers and limits around Datasette.

In: a request and the database; out: an answer, the same live and for the static twin. May use:
web.view, web.parts, web.formats, web.pages.
"""
