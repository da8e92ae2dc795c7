"""Dates and periods: found in the folded text, resolved to intervals of days, and given the role they play in the notice."""
