"""What is deployed: processes, decisions and forms, their files, their models in memory, the start events that wait."""
