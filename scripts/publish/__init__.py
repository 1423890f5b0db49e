"""The static twin and the commands that serve and write the site.

In: the database and the explainer; out: a folder of plain files at the same addresses, its search,
sitemap and proof of links. May use: explainer, web, web.view, web.parts.
"""
