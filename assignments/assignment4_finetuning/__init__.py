"""Assignment 4: fine-tuning."""
