"""What is left out of messages and reports: the passwords that addresses may hold."""

from __future__ import annotations

import re


def without_password(address: str) -> str:
    """Return an address without the user name and password that it may hold."""
    return re.sub(r"(?<=://)[^/\s]*@", "", address)
