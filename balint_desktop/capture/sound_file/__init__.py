"""Readers for sound files of other recorders, which parse every container, frame and page and report what was lost.

Headers and estimates often state wrong lengths, and decoders trust them. So each module locates the audio in the bytes
themselves, has a decoder decode exactly that, and compares the two lengths. Loaded only by the conversion child
process: it holds no key, and it is the only process that may load numpy.
"""
