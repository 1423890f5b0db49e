"""A list that ICE published becomes rows, and rows a publication with its date.

In: workbooks, or the records of earlier ones; out: publications, their files, listings and their
order, as values. May use: records, held.
"""
