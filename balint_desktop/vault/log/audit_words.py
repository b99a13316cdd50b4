"""The 256 words for reading the audit chain's head aloud."""

from __future__ import annotations

WORDS = tuple(
    """
    able acorn alder amber anchor apple apron arch arrow ash aspen attic autumn badge baker bamboo barley basil
    basin basket beach bead beaver bee beech bell bench berry birch bird blanket bloom blue boat bonnet book
    boot bottle bowl box branch brass bread breeze brick bridge brook broom brush bucket bud butter button cabin
    cake camel canal candle canoe canvas carpet carrot castle cat cedar cellar chair chalk cherry chest chimney
    church cider cinder circle clay cliff cloak clock cloud clover coast coat cobble comb copper coral cork corn
    cotton cradle crane cream creek crown cup curtain cushion daisy dawn deer desk dew dish dock door dove
    dragon drum duck dune eagle earth east easel ebony echo elbow elm ember engine fabric falcon farm feather
    fence fern ferry fiddle field fig finch fir fire flag flame flax flint flock flour flower flute foal fog
    forest fork fountain fox frame frost fruit garden garlic gate ginger glass glove goat gold goose grain
    granite grape grass gravel green grove gull hammer harbour hare harp harvest hat hazel heather hedge hen
    heron hill hinge hive holly honey hook horn horse house ice ink iris iron island ivory ivy jacket jar
    jasmine jewel jug juniper kettle key kite kitten ladder lake lamb lamp lane lantern larch lark laurel
    lavender leaf leather ledge lemon lentil lilac lily lime linen lion loaf loft loom lumber lynx maple marble
    market marsh meadow melon mill mint mirror mist mitten moon moss moth mountain mouse nest nettle north
    nutmeg oak oar oat ocean olive onion
    """.split()
)
