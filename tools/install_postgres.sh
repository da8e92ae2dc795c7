#!/bin/sh
# Installs PostgreSQL's programs from Debian for `make test-cluster`, where root may. No service is started: the tests start their own
# server as an unprivileged user in a folder that goes with it.
if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # in runlevel 1 Debian's scripts start nothing
    (apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq --no-install-recommends postgresql) >/dev/null 2>&1 && exit 0
fi
echo "PostgreSQL is not installed and cannot be installed here; its tests will be skipped"
