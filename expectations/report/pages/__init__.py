"""What each page shows: queries, and rows shaped for the templates."""
