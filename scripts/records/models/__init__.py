"""The record files' rows: one frozen model per file, columns in the order in which they stand.

An empty cell is ``None`` (unknown), except in ``*_printed`` columns, which hold a workbook's cell
as `encode_cell` writes it, where empty is an empty cell. `tables.TABLES` lists every CSV file.
"""
