"""An autograder for Gradescope: the zip that its image is built from."""
