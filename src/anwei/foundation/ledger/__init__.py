"""Double entry, generic: accounts, entries that balance and are never edited."""
