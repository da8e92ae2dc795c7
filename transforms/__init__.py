"""From bytes to records: pure functions without clock, network, disk, Prefect, DuckDB or Great Expectations."""

from transforms import compiled

__path__ = compiled.search_path(__path__)
