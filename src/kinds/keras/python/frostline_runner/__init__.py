"""Runs one student's Keras program under watch and hands back what it did and the model it left.

Everything reported passes through the student's own process: a claim, never a proof.
"""
