"""The numbered and labelled parts of a notice, the problems among them, and what is told and promised about each."""
