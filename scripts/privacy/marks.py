"""What stands in a page's text in place of what concerns a person."""

from __future__ import annotations

import re

EMAIL_MARK = "[e-mail removed]"
TELEPHONE_MARK = "[telephone number removed]"
NAME_MARK = "[name removed]"
ADDRESS_MARK = "[address removed]"
NOT_SHOWN = "[not shown]"  # on a page of persons: could not be read, so it may be about one
MARK = re.compile(r"\[(?:(?:name|e-mail|telephone number|address) removed|not shown)\]")
