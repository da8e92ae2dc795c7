"""What a notice states in numbers about its own work: counts, rates, and people held to account."""
