"""The archive brought up to date by one command, whatever the network gives.

In: ICE's site, the store and the records; out: records and database up to date, and in words what
changed or why nothing could. May use: held, fetch, facts, harvest, database.
"""
