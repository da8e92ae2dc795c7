"""Runs that start by themselves: a Prefect server, a runner that serves the deployment, and a watch over both."""
