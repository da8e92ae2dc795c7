"""Buckets: who we are there, told to DuckDB and to Arrow alike.

Read from the variables that every S3 tool knows, so that no secret stands in taizhang.toml: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_SESSION_TOKEN, AWS_REGION, and AWS_ENDPOINT_URL for a server that is not Amazon's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import duckdb
import pyarrow.fs as pafs

SCHEME = "s3://"
_REGION = "us-east-1"


class AccessError(OSError):
    """Nothing says how a bucket may be reached."""


@dataclass(frozen=True, slots=True)
class Access:
    """Key and place of a store of buckets; ``endpoint`` is a URL, or empty for Amazon's."""

    key: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    region: str
    endpoint: str

    def register(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Let ``connection``, which has loaded httpfs, read and write buckets; the secret is gone with the connection."""
        options = {"KEY_ID": self.key, "SECRET": self.secret, "REGION": self.region}
        if self.token:
            options["SESSION_TOKEN"] = self.token
        if self.endpoint:
            place = urlsplit(self.endpoint)
            options |= {"ENDPOINT": place.netloc, "URL_STYLE": "path", "USE_SSL": str(place.scheme == "https").lower()}
        words = ", ".join(f"{name} '{value.replace(chr(39), chr(39) * 2)}'" for name, value in options.items())
        connection.execute(f"CREATE SECRET (TYPE s3, {words})")
        # httpfs copies the environment into settings, which any SELECT may read; the secret above cannot be read
        for setting in ("s3_access_key_id", "s3_secret_access_key", "s3_session_token"):
            connection.execute(f"SET GLOBAL {setting} = ''")

    def filesystem(self) -> pafs.S3FileSystem:
        """The same access for Arrow."""
        place = urlsplit(self.endpoint)
        return pafs.S3FileSystem(
            access_key=self.key,
            secret_key=self.secret,
            session_token=self.token or None,
            region=self.region,
            endpoint_override=place.netloc or None,
            scheme=place.scheme or "https",
        )


def access(environment: Mapping[str, str] = os.environ) -> Access:
    """The access that ``environment`` tells. Raises ``AccessError`` without a key."""
    key, secret = environment.get("AWS_ACCESS_KEY_ID", ""), environment.get("AWS_SECRET_ACCESS_KEY", "")
    if not key or not secret:
        raise AccessError("files in a bucket need AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or _REGION
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL") or ""
    if endpoint and not urlsplit(endpoint).netloc:
        raise AccessError(f"AWS_ENDPOINT_URL is {endpoint!r}; give a URL such as https://minio.example.org:9000")
    return Access(key, secret, environment.get("AWS_SESSION_TOKEN", ""), region, endpoint)
