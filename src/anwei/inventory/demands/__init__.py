"""What is wanted and by when: reserved, or short until it is bought; knows parts and places, not who asks."""
