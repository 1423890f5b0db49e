"""No contact detail, name, signature or home address of a person leaves the house.

In: pages as read; out: the same pages masked, the regions that a picture must cover, and a second
detector that shares nothing with the masker. May use: records, reading.
"""
