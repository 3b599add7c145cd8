"""Forms on the server: judged by form-js's rules, checked when deployed, cut to what a task may see, in the reader's language.

Knows form-js schemas (JSON), values and the company; no HTTP, no database, no process. `judging` decides in Python; `validation`
is form-js's own code in V8, for what only it understands, and the referee of the tests.
"""
