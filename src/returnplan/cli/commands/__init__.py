"""One file a command: options, one call of a use case, the result on the screen, the exit code."""
