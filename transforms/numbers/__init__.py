"""Numerals, quantities and money."""
