"""What must hold: suites derived from the records, checks as SQL files, the audit and the quality report."""
