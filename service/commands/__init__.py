"""What `liuzhuan` can do: one file for each command. They speak in sentences and end with an exit code."""
