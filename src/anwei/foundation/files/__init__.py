"""Photos, signatures and documents: kept once by their content, and the paper we print."""
