"""Legal bodies with their roles (hospital, distributor, maker, supplier), departments, contacts and other names."""
