"""Taking secrets out of words that are kept or shown: logs, states, artifacts, what a failure hook is told.

Passwords reach messages by connection strings (DuckDB repeats the one it could not connect with) and by addresses. What is masked:
user:password@ in addresses, values after names such as password= or token:, and the values of environment variables whose name
says that they are secret.
"""

from __future__ import annotations

import os
import re

MASK = "***"
_NAME = r"(?:password|passwd|passphrase|pwd|secret|token|api_?key|access_?key|authorization|credential)"
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20}://[^\s/:@'\"]{0,100}:)[^\s/@'\"]{1,200}@")
_VALUE = re.compile(
    rf"(?i)([A-Z_]{{0,30}}{_NAME}[A-Z_]{{0,10}}['\"]?\s{{0,3}}[=:]\s{{0,3}})('[^']{{0,500}}'|\"[^\"]{{0,500}}\"|[^\s&;,'\"]{{1,500}})"
)
# web hooks carry their secret as key=…; elsewhere a key is no secret
_QUERY = re.compile(r"([?&]key=)[^\s&#'\"]{1,500}")
_VARIABLE = re.compile(r"(?i)PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|CREDENTIAL")
# shorter values would mask ordinary words
_SHORTEST = 6


def masked(words: str) -> str:
    """``words`` with *** in the place of every secret that can be told."""
    for name, value in os.environ.items():
        if len(value) >= _SHORTEST and value in words and _VARIABLE.search(name):
            words = words.replace(value, MASK)
    words = _ADDRESS.sub(rf"\1{MASK}@", words)
    words = _QUERY.sub(rf"\1{MASK}", words)
    return _VALUE.sub(rf"\1{MASK}", words)
