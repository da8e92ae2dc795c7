"""A PostgreSQL server and an S3 server on 127.0.0.1, started for these tests by an unprivileged user in a folder that goes with them."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.settings import Settings, load

_PASSWORD = "postgres-secret-1f7c"
_KEY, _SECRET = "AKIDEXAMPLE", "bucket-secret-90ab"
_COUNTER = itertools.count(1)


@dataclass(frozen=True)
class Server:
    """Where PostgreSQL listens, and the folder of its programs."""

    port: int
    programs: Path

    def environment(self) -> dict[str, str]:
        """What a client needs beside the connection string."""
        return {"PGPASSWORD": _PASSWORD}

    def sql(self, words: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Rows of ``words``."""
        import psycopg

        target = f"host=127.0.0.1 port={self.port} user=taizhang password={_PASSWORD} dbname={database}"
        with psycopg.connect(target, autocommit=True) as session:
            cursor = session.execute(words)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server with a user ``taizhang`` who may make databases. Durability is off: these tests kill writers, not the server."""
    pytest.importorskip("psycopg", reason="needs the extra: make install-cluster")
    pytest.importorskip("duckdb_extension_postgres_scanner", reason="needs the extra: make install-cluster")
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed; as root on Debian `make test-cluster` installs it, elsewhere put pg_ctl on PATH")
    folder = Path(tempfile.mkdtemp(prefix="taizhang-postgres-"))
    # PostgreSQL refuses to be run by root
    other: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
    password = folder / "password"
    password.write_text(_PASSWORD)
    if other:
        for path in (folder, password):
            shutil.chown(path, "nobody", "nogroup")
    data, port = folder / "data", _free_port()
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "taizhang", "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", f"--pwfile={password}"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **other,
    )  # fmt: skip
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off", "max_connections": 200}
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, *(f"-c{name}={value}" for name, value in options.items())],
        stdout=subprocess.DEVNULL, stderr=(folder / "log").open("wb"), cwd=folder, **other,
    )  # fmt: skip
    try:
        _wait_for(port, server, folder / "log")
        yield Server(port, programs)
    finally:
        server.terminate()  # a smart shutdown would wait for sessions
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(5)
        if server.poll() is None:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3 server with a bucket ``notices``."""
    pytest.importorskip("duckdb_extension_httpfs", reason="needs the extra: make install-cluster")
    pytest.importorskip("moto.server", reason="needs the extra: make install-cluster")
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    boto3.client(
        "s3", endpoint_url=url, aws_access_key_id=_KEY, aws_secret_access_key=_SECRET, region_name="us-east-1"
    ).create_bucket(Bucket="notices")  # fmt: skip
    yield url
    server.stop()


@dataclass(frozen=True)
class Place:
    """A warehouse of many machines: what the environment says of it, and one machine's folder."""

    environment: dict[str, str]
    folder: Path
    database: str
    prefix: str

    def settings(self, machine: str = "one", **values: object) -> Settings:
        """The settings of a machine, from the environment alone."""
        given = {"TAIZHANG_WAREHOUSE": str(self.folder / machine), "TAIZHANG_LOCK_WAIT_SECONDS": "0", **self.environment}
        return load(values, given, self.folder)


@pytest.fixture
def place(postgres: Server, s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A new database and a new prefix in the bucket, named by settings alone."""
    name = f"lake{next(_COUNTER)}"
    postgres.sql(f"CREATE DATABASE {name}")
    environment = {
        **postgres.environment(),
        "AWS_ACCESS_KEY_ID": _KEY,
        "AWS_SECRET_ACCESS_KEY": _SECRET,
        "AWS_ENDPOINT_URL": s3,
        "TAIZHANG_CATALOG": f"postgres:host=127.0.0.1 port={postgres.port} user=taizhang dbname={name}",
        "TAIZHANG_DATA": f"s3://notices/{name}/data/",
    }
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return Place(environment, tmp_path, name, f"notices/{name}")


def _programs() -> Path | None:
    """The folder of initdb and postgres; Debian keeps them out of PATH, one folder for each version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, key=lambda path: int(path.parent.name), default=None)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    while True:
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended: {log.read_text('utf-8', 'replace')[-500:]}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
