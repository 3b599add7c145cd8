"""What the service says in Chinese: one catalogue of gettext, for texts of the pages and for sentences with values."""
