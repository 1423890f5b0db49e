"""One module per kind of page: queries, a frozen value, and the function that makes the view."""
