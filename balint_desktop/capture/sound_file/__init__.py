"""Reading the sound file of any other recorder to its last byte: containers, frames and pages, and what became of each.

Headers and estimates name lengths that are not true, and decoders believe them. So each module finds in the bytes
themselves where sound is, has a decoder decode exactly that, and the two are compared. Loaded by the child that
converts alone: it holds no key, and only there numpy may be loaded.
"""
