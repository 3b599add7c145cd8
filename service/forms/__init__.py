"""Forms on the server: checked by form-js's own code, cut to what a task may see, in the reader's language.

Knows form-js schemas (JSON) and values; no HTTP, no database, no process.
"""
