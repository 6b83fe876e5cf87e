"""The command `grade`, one file per command. Nothing heavy is imported for help."""
