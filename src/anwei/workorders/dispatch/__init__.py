"""Who goes: candidates with reasons, the day grid."""
