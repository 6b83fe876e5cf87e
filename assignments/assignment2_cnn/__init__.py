"""Assignment 2: convolutional networks."""
