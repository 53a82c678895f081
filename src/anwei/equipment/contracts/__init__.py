"""Service contracts, what they cover, and the one answer to "is it covered?"."""
