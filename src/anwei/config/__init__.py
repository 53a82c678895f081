"""Settings, server, jobs and the embedded database. May import everything."""
