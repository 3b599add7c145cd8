"""Secrets of connectors: passwords and tokens of other systems, kept by name, referred to by models, read by connectors alone."""
