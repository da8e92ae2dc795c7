"""Literal knowledge as data: TOML files with a heading comment that defines the fields and names the source."""
