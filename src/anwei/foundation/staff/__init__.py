"""Engineers, ours and the distributors', with competence, certificates and absences."""
