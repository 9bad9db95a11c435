"""The assistant for other programs: an HTTP API in OpenAI's form, and an MCP server."""
