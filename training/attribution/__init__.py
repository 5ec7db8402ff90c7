"""The learnt part of attribution, and the written passages that it is learnt from."""
