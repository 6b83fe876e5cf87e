{
 "cells": [
  {"cell_type": "code", "source": ["x = 1"]}
 ],
 "nbformat": 4
}
