"""How alike the submissions of a class are: a hint to a person, never a verdict.

The flow, one file each: `handed_in` reads a class from the ledger, `reading` has
each text read in a process of its own (`apart`, `normalising`, `signs`),
`fingerprints` and `likeness` compare all with all, `rare` finds what only few have,
`passages` finds the lines, `clusters` the groups, `comparing` puts it together, and
`page` and `document` tell it.

Nothing is imported here: the process that reads texts loads no more than it needs.
"""
