"""Pages from the web: fetched politely, once, and only from public addresses; kept in the raw store and handed on as found files."""
