"""Which spellings are one body, which rows one agreement.

In: rows as printed and what the records know; out: agencies, their names, kinds and counties, and
the runs of rows that are one signed instrument. May use: records, lists.
"""
