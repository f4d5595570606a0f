"""The pretend far side: both platforms' bot interfaces over one room. It knows only the wire and imports nothing of ours."""
