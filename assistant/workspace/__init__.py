"""What users keep: their names and passwords."""
