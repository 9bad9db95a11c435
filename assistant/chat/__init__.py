"""Answers and questions written by a chat model."""
