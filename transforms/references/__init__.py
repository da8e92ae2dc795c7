"""What a notice refers to: documents by title and number, and ways to reach the body."""
