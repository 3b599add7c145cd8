"""Who is asking: people, departments, roles; passwords, sessions, API tokens. Knows no routes and no process instances."""
