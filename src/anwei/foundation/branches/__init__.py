"""Our own branches: the first cut of who sees what."""
