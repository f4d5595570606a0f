"""What is true about our work. Pure: no I/O, no clock, no third-party code; `now` is always an argument."""
