"""The doors for people outside: a ward scans and follows its repair without login, a hospital reports from its own ledger."""
