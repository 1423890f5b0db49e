"""From held lists and memoranda to the record files, all of them or none.

In: a folder of sources and the records so far; out: the records brought up to date, and what
changed in words. May use: records, held, lists, reading, history, checks.
"""
