"""The stored queries as an API: their list, answers, completion of names, and the OpenAPI description."""
