"""Decoding, folding and offsets: a text that is changed for reading and never lost."""
