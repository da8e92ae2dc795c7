"""From bytes to records: pure functions without clock, network, disk, Prefect, DuckDB or Great Expectations.

Only the import looks at the disk: for compiled rules, which must be found before the first rule is imported.
"""

from transforms import compiled

__path__ = compiled.search_path(__path__)
