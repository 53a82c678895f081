"""Device models, devices and their whole life, blocks and stickers."""
