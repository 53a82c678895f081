"""What all doors share: from names and numbers that came in to rows and values, and back to an answer."""
