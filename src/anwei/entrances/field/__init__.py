"""The engineer's phone: today's jobs, one visit from the first tap to the signature, and what is still unsent."""
