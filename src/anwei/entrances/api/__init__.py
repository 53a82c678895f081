"""The door for programs: every operation and every collection under /api/v1, from the registers alone."""
