"""Saved web pages: the article without the page around it, and the fields that the page prints beside it."""
