"""The trail: who did what and why, what changed, and the proof that nobody rewrote it."""
