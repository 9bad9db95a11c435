"""The ways to use the assistant: command line, web chat, API."""
