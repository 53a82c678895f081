"""Who pays what for an order, and why."""
