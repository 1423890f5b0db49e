"""Page pictures as they are published, with what concerns a person covered.

In: held PDFs and the regions to cover; out: WebP files named by content and the index of them. May
use: records, held, reading, privacy.
"""
