"""Follow-ups: what a question leaves out is taken from the conversation, by rules."""
