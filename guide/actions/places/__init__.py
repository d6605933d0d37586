"""The screens, one file a kind: what stands on each, and what choosing does.

Both front ends walk these; neither knows what a screen is about.
"""
