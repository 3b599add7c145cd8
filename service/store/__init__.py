"""The tables of the service: people, sign-in, webhooks, background. With engine.store the only rooms that write SQL."""
