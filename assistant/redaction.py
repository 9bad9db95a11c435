"""What is left out of messages and reports: the passwords that addresses may hold."""

from __future__ import annotations

import re

# What stands before the host. A password may hold a mark that ends the host's part: then what looks like a port
# has no digits.
_BEFORE_HOST = re.compile(r"(?<=://)(?:[^/?#]*@|[^/?#@\[\]]*:(?!\d*[/?#]).*@)")


def without_password(address: str) -> str:
    """Return an address without the user name and password that it may hold."""
    return _BEFORE_HOST.sub("", address)
