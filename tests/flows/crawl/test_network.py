"""Connections go to public addresses only, and to the very address that was checked."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import Any

import httpcore
import pytest

from flows.crawl.failure import FetchFailed
from flows.crawl.network import Addresses, Backend, is_public


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("239.1.1.1", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("198.18.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:0001::", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_public(address: str, expected: bool) -> None:
    """Private, loopback, link-local, shared, multicast, reserved and disguised addresses are not public."""
    assert is_public(ipaddress.ip_address(address)) is expected


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "017700000001", "localhost", "0"])
def test_loopback_by_any_name(host: str) -> None:
    """Every way to write loopback is refused, and the message names the setting."""
    with pytest.raises(FetchFailed) as caught:
        Addresses().checked(host, 80)
    assert caught.value.reason in ("address_refused", "unreachable")
    if caught.value.reason == "address_refused":
        assert "allow_hosts" in caught.value.message


def resolve(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Answer look-ups with the given addresses in turn; the hosts that were looked up."""
    asked: list[str] = []
    left = list(answers)

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in left.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize(
    ("entry", "host", "port", "is_allowed"),
    [
        ("intranet.example", "intranet.example", 80, True),
        ("intranet.example:8080", "intranet.example", 8080, True),
        ("intranet.example:8080", "intranet.example", 80, False),
        ("10.1.0.0/16", "any.example", 80, True),
        ("10.1.2.3", "any.example", 80, True),
        ("10.1.2.3:81", "any.example", 80, False),
        ("10.2.0.0/16", "any.example", 80, False),
        ("other.example", "any.example", 80, False),
    ],
)
def test_setting_names_hosts(monkeypatch: pytest.MonkeyPatch, entry: str, host: str, port: int, is_allowed: bool) -> None:
    """A host, an address (with or without port) or a network that the setting names may be spoken to."""
    resolve(monkeypatch, ["10.1.2.3"])
    if is_allowed:
        assert Addresses([entry]).checked(host, port) == ["10.1.2.3"]
    else:
        with pytest.raises(FetchFailed):
            Addresses([entry]).checked(host, port)


def test_private_address_among_public_ones_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several addresses only the public ones are used."""
    resolve(monkeypatch, ["10.0.0.1", "93.184.216.34"])

    assert Addresses().checked("a.example", 80) == ["93.184.216.34"]


def test_connection_goes_to_the_checked_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that turns private after the check (rebinding) changes nothing: it is looked up once and the address is connected to."""
    asked = resolve(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    connected: list[str] = []

    def connect(_: object, host: str, *__: object) -> httpcore.NetworkStream:
        connected.append(host)
        raise httpcore.ConnectError("no network in tests")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    backend = Backend(Addresses())
    backend.until = time.monotonic() + 5
    with pytest.raises(httpcore.ConnectError):
        backend.connect_tcp("rebinding.example", 80)

    assert asked == ["rebinding.example"]
    assert connected == ["93.184.216.34"]
