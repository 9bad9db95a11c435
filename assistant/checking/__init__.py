"""Checks that what is stated is supported by the words it cites."""
