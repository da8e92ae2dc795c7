"""Storage: Arrow schemas and DuckLake tables derived from the records, publishing, the raw store, queries and exports."""
