"""Mail: from the outbox to a mail server, or to a folder where there is none."""
