"""The work of people: user tasks, what they send, their files, the approval record."""
