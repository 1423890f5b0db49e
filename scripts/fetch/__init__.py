"""The only room that opens the network: it brings lists and memoranda into the folder of sources.

In: ICE's page, or what the records name; out: files kept by SHA-256 with where they came from,
politely and with a way to go on. May use: held, lists.
"""
