"""A question and the conversation before it -> a query: type, names, period, follow-up."""
