"""One file per format; each renders a record and changes nothing."""
