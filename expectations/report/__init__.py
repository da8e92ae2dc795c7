"""The data-quality report: pages that open from disk and ask nothing of any network."""
