"""Places, append-only moves and their checked balances; knows places, not devices."""
