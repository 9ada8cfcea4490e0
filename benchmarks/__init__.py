"""Synthetic corridors of any size, and the engines of reasoning run over them side by side."""
