import numpy


nump.zeros(3)
