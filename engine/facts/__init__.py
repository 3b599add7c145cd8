"""What everything stands on: who asks, what happened, what can be refused, values, ids. Imports nothing else of the engine."""
