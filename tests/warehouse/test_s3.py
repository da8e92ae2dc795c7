"""Access to a bucket comes from the variables that every S3 tool reads, and is not shown."""

from __future__ import annotations

import pytest

from warehouse.s3 import AccessError, access

_KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "not-to-be-shown"}


@pytest.mark.parametrize(
    ("environment", "region", "endpoint"),
    [
        ({}, "us-east-1", ""),
        ({"AWS_REGION": "cn-north-1"}, "cn-north-1", ""),
        ({"AWS_DEFAULT_REGION": "cn-north-1"}, "cn-north-1", ""),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9000"}, "us-east-1", "http://127.0.0.1:9000"),
        ({"AWS_ENDPOINT_URL": "http://a:1", "AWS_ENDPOINT_URL_S3": "https://b:2"}, "us-east-1", "https://b:2"),
    ],
)
def test_access(environment: dict[str, str], region: str, endpoint: str) -> None:
    """The variable that is more special wins."""
    found = access({**_KEYS, **environment})

    assert (found.region, found.endpoint) == (region, endpoint)
    assert "not-to-be-shown" not in repr(found)


@pytest.mark.parametrize(
    ("environment", "words"),
    [({}, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"), ({**_KEYS, "AWS_ENDPOINT_URL": "minio:9000"}, "give a URL")],
)
def test_access_that_cannot_be(environment: dict[str, str], words: str) -> None:
    """The message says what to set."""
    with pytest.raises(AccessError, match=words):
        access(environment)
