"""The front: the process that clients talk to. It bounds requests, and hands each to a worker."""
