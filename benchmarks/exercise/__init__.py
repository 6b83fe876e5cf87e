"""A small exercise that several systems grade: build a CNN, train it on digits."""
