"""Old data in: read, map, check, load as one batch, undo."""
