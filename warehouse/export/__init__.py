"""Exports: the warehouse at one snapshot as a workbook, CSV, plain Parquet or one .duckdb file, whole or masked for the public."""
