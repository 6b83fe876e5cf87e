"""What a person must decide, one item at a time: a queue, drafts, and their count."""
