"""What goes in and out as JSON, one file for each noun: names in camelCase, unknown names refused, moments in ISO 8601."""
