"""The gate: a device goes back to clinical use only when another person released it."""
