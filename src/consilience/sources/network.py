"""Connections that stay on the public network: every address is resolved once, checked, and used.

Against server-side request forgery: what is connected to is the very address that was checked, so a
name that resolves to something else a moment later gains nothing. Redirects pass through the same
gate, since each hop is a new connection.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

Resolver = Callable[[str, int], list[str]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """An address that must not be connected to; the text says why."""


class Deadline:
    """The moment by which a page must have arrived, redirects included."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises ``httpcore.ReadTimeout`` where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("took too long")
        return left


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host name. Raises ``httpcore.ConnectError`` where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise httpcore.ConnectError(f"no such host: {host}") from fault
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether a numeric address lies on the public network, the IPv4 address inside an IPv6 one too."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class _Stream(httpcore.NetworkStream):
    """A connection each of whose operations ends by the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def _time(self, timeout: float | None) -> float:
        left = self._deadline.left()
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes that have arrived."""
        return self._inner.read(max_bytes, self._time(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of ``buffer``."""
        self._inner.write(buffer, self._time(timeout))

    def close(self) -> None:
        """Hang up."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted, under the same deadline."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._time(timeout))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to checked addresses only; certificates and ``Host`` keep the name."""

    def __init__(
        self,
        deadline: Deadline,
        allow_private: bool = False,
        resolver: Resolver = resolve,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._deadline, self._allow_private, self._resolver = deadline, allow_private, resolver
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of ``host`` that answers.

        Raises ``Refused`` where any of its addresses is not public, unless private ones are allowed.
        """
        addresses = self._resolver(host, port)
        if not self._allow_private:
            inside = [a for a in addresses if not is_public(a)]
            if inside:
                where = "" if host == inside[0] else f" is at {inside[0]}, which"
                raise Refused(f"{host}{where} is not on the public network")
        fault: Exception | None = None
        for address in addresses:
            try:
                left = self._deadline.left()
                timeout = left if timeout is None else min(timeout, left)
                stream = self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault or httpcore.ConnectError(f"no address for {host}")
