"""Incoming webhooks: other systems start processes, correlate messages and throw signals by signed requests. Knows no Flask."""
