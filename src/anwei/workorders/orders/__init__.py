"""The work order and its steps, driven by a published flow."""
