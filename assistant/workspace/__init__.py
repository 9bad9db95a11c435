"""What users keep: their names and passwords, their conversations, and what is watched for them."""
