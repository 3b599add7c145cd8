"""The Flask application, the worker and the command line around the engine."""
