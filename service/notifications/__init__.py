"""Messages to people: written to the database by the connector `notify`, shown at the bell of every page."""
