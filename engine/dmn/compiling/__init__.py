"""Boxed expressions to steps."""
