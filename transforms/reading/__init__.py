"""Raw bytes to the main text of one document, or a refusal that says why: nothing raises, nothing is written, nothing is fetched."""
