"""The files at hand: what lies below a folder of sources, told apart by content.

In: a folder; out: each file's path, kind and SHA-256, and the manifest of where it came from. May
use: no other room.
"""
