"""What runs, when, and what happens when it fails: settings, the command line and thin Prefect flows."""
