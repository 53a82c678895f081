"""The embedded PostgreSQL: found, copied, built, kept running while somebody uses it. Enter through `server`."""
