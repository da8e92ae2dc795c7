"""Named queries: the questions that readers of such notices ask, one SQL file each, run in the read-only sandbox."""
