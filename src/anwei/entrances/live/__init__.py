"""The live door: it says only “this changed”, to those who may see what changed."""
