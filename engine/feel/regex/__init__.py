"""Regular expressions of XPath and XQuery 3.1 (flags s m i x q), matched in linear time: every state is tried once per place."""
