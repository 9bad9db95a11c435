"""The parts of the number reader, in order of use: tokens, values, units, readings, kinds."""
