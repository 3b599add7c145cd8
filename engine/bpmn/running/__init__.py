"""A process instance in memory: tokens and scopes, what it waits for, the queue of steps, the state it is saved as."""
