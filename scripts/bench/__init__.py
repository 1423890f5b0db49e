"""Measurements, beside what else one might use. ``python -m scripts.bench [SECTION …]``."""
