"""The 287(g) Archive: from published lists and memoranda to a site that can be cited."""
