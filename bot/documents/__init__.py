"""Documents people print, sign, show or import: a value in, the bytes of a file out; no clock, no disk, no database.

All of them take tenths of a second and keep the processor busy: call them in a thread, never on the event loop.
"""
