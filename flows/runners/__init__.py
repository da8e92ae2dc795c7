"""Who works on batches: this process, threads, processes, Dask or Ray. One process writes, whoever extracts."""
