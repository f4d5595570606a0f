"""How anything is said, on any channel: the vocabulary between the handlers and the platforms. Pure."""
