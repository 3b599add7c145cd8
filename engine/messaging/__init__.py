"""Messages, signals and conditions: from outside and among process instances."""
