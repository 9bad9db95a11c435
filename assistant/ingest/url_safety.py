"""Hosts -> the IP addresses that may be fetched from."""

from __future__ import annotations

import ipaddress
import socket

from assistant.ingest.metadata.documents import UnreadableError

_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "fec0::/10")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def vetted_address(host: str, port: int | None, *, allow_private: bool) -> str:
    """Return an IP address of a host, all of whose addresses are public unless ``allow_private``.

    Raises:
        UnreadableError: the host is unknown, or one of its addresses is private, loopback, link-local,
            multicast, reserved or a cloud's metadata service.
    """
    try:
        found = socket.getaddrinfo(host, port or 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableError(f"the host {host} is not found: {error}") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(address):
            where = "" if address == host else f" is at {address}, which"
            raise UnreadableError(
                f"the host {host}{where} is not a public address (setting ASSISTANT_ALLOW_PRIVATE_ADDRESSES)"
            )
    return addresses[0]


def is_public(address: str) -> bool:
    """Tell whether an IP address, and the IPv4 address that an IPv6 one may carry, is on the public internet."""
    try:
        parsed = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        carried = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo and parsed.teredo[1])
        if parsed in _NAT64:
            carried = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if carried and not is_public(str(carried)):
            return False
        if parsed.ipv4_mapped:
            return True
    if any(parsed in network for network in _NOT_PUBLIC):
        return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
