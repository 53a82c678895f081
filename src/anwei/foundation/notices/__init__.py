"""What people are told: the inbox, and notes on records."""
