"""Record files become tables of SQLite.

In: records and a connection; out: rows inserted in bulk, each list expanded to its printed rows,
and the identifiers that name no record. May use: records, identity.
"""
