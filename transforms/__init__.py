"""From bytes to records: pure functions without clock, network, disk, Prefect, DuckDB or Great Expectations."""
