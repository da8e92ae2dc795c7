"""Connections that go to checked addresses only, and end in time.

A host is resolved once, its addresses are checked, and the connection is made to a checked address: between check and connection no
second look-up can put a private one in its place (DNS rebinding). TLS and the Host header keep the host's name.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from flows.crawl.failure import FetchFailed

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Addresses:
    """Which hosts may be spoken to: public ones, and those that the setting ``allow_hosts`` names.

    An entry is a host name or address, with or without a port, or a network such as ``10.1.0.0/16``.
    """

    def __init__(self, allow_hosts: Iterable[str] = ()) -> None:
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        self._names: set[str] = set()
        for entry in allow_hosts:
            try:
                self._networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
            except ValueError:
                self._names.add(entry.lower())

    def checked(self, host: str, port: int) -> list[str]:
        """The addresses of ``host`` that may be connected to. Raises ``FetchFailed`` address_refused, unreachable."""
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchFailed("unreachable", f"{host} has no address ({error}); check the name", is_passing=True) from error
        found = list(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))
        allowed = [each for each in found if self._allows(host, port, ipaddress.ip_address(each))]
        if not allowed:
            raise FetchFailed(
                "address_refused",
                f"{host} is at {', '.join(found[:3])}, which is no public address; if it is meant, name it in the setting allow_hosts",
            )
        return allowed

    def _allows(self, host: str, port: int, address: Address) -> bool:
        return (
            is_public(address)
            or bool(self._names & {host, f"{host}:{port}", f"{address}:{port}"})
            or any(address.version == network.version and address in network for network in self._networks)
        )


def is_public(address: Address) -> bool:
    """Not private, loopback, link-local, multicast, reserved or shared, also not in the guise of an IPv6 address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner:
            return is_public(inner)
        if address.teredo:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class Backend(httpcore.NetworkBackend):
    """Opens connections to checked addresses. ``until`` is the moment (monotonic) at which whatever goes on ends with a timeout."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._inner = httpcore.SyncBackend()
        self.until = 0.0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's checked addresses, tried in turn."""
        failure: Exception | None = None
        for address in self._addresses.checked(host, port):
            try:
                stream = self._inner.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self)
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        """For httpcore's own retries, which are not used."""
        time.sleep(seconds)

    def left(self, timeout: float | None) -> float:
        """``timeout``, or what is left until the end if that is less."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this page is over")
        return left if timeout is None else min(left, timeout)


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends by the backend's ``until``: one byte a second is no way to last for ever."""

    def __init__(self, stream: httpcore.NetworkStream, backend: Backend) -> None:
        self._stream, self._backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._backend.left(timeout)), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def tls_context(extra: Sequence[str] = ()) -> ssl.SSLContext:
    """Trust in the machine's authorities and in those of certifi, which small containers lack."""
    import certifi

    context = ssl.create_default_context()
    for path in (certifi.where(), *extra):
        context.load_verify_locations(path)
    return context
