"""The stored queries as an API: their list, their answers in many forms, completion, and OpenAPI."""
