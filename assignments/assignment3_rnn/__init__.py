"""Assignment 3: recurrent networks."""
