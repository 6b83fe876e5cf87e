import numpy
# café
