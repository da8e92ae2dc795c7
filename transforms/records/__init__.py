"""The declaration of every table. A record class IS its table; everything else about a table is derived from it."""
