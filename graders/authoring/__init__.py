"""Tools for those who write assignments: the stub, and whole files of mutants."""
