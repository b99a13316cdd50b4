"""Words that are also names, and words that make a name of the word beside them or keep it a word."""

from __future__ import annotations

# Common words that are given or family names, too: in English text they are names only where they are written as one.
ALSO_WORDS = frozenset(
    "savage pike salmon bacon cannon garden golden rider gamble funk slaughter moody stout bray workman bloom"
    " hatch crouch downs bland hare squires medley spear heron nightingale partridge trout quirk lavender brazier"
    " plumb hedge hedges mull rust vest nettles crumb haggard wick wicks cone pond pool rake reel ridge sale sales"
    " shaver silk stables strand tally tong tuck vines wager ware wheat whittle skinner hurdle noble ace akin al"
    " amber angel angle april ari art august aunt autumn baker ball bank banks banning barber bash basil bass bay"
    " beach beam bean beard beers bell ben berry best bias bill bills bin bird bishop black blank blanks bliss"
    " blue bob bolt bond bonds book booth bounds bowl brain brake branch bridge bridges bright brook brooks brown"
    " buck bull bunch burden burn burns bush butcher butler camp carpenter carrier case cash cater chance charity"
    " chase cheek cherry chestnut chew child christian chuck church clay clear click cliff close cloud coats cole"
    " colon colt conception constance converse cook cooks cooper cope cotton counts craft crane creed crisp cross"
    " crow crystal curry daisy dale dancer das dawn day dean del den des destiny dial dodge dole dolly don dove"
    " drain drake draw drew drivers duff duke dusty earl early ebony echo ernest eve evens fair faith farmer"
    " fellow fellows fern ferry field fields finch fisher flint flood flora flower flowers ford forest fountain"
    " fox frank freed frost fry fudge furry gale game gates gathers gay gene gentry ginger glass glen glory gold"
    " good grace grand grant grave graves gray green greene grey grim gross guest guy hall hand handy harden hardy"
    " harmony hash hasty hawk hay hazard hazel head heart heath heather herb herd herring hill holder holly home"
    " honey honor honour hood hook hooks hope horn house humble hung hunt hunter iris ivory ivy jack jade jasmine"
    " jay jean jewel jolly joy judge june justice keen key keys king kiri knight lake lamb lance lane lark laurel"
    " law laws leach leaf lean lemon light lily link little lively lock long lord los love mac major manning"
    " manual march mark marks marsh marshall mason masters max may maze melody mercy merry miles mills mind minor"
    " misty mock moon moss mounts nails newcomer nick nicks night norm north null numbers olive opal page pain"
    " park parker parks pat patience peace pearl peg penny people peoples petty piper pitt plant pointer pope"
    " poppy porter potter pound power powers price priest prince prudence queen rain rains randy rash ray reed"
    " render rice rich ring river rivers rob robin rock rocky rod roman root rose rosemary rounds ruby rush"
    " rushing rusty sage sample samples sandy sang saw scales seal seals sells settles shade sharp sheets shell"
    " shepherd shook short shorter showers silver singer sky small smart snow soles song south sparrow spies"
    " spring stack stamps star stark steel sterling steward stock stocks stone storey storm storms strain strange"
    " street strong sue summer summers sun sung sunny swan sweet swift taylor tear temple ten tender terry the"
    " thorn tiger trinity trip trusty turner und utter vale van victor victory vine viola violet von wade wages"
    " waits wall walls ward waters weaver week weeks wells west wheeler white wild will wills wine wines winter"
    " winters wise wolf wood woods worth worthy wren young".split()
)
# So short and so common that they count with a capital inside a sentence only.
HARDLY_NAMES = frozenset(
    "ah am an any as at be bo by can do du en go ha he her him hy if in is it la le li lo ma me mi mo mr my na ng"
    " no of oh or ox pa per ra sea see she so than that to too up us was we yo you".split()
)
# After a word that may be a verb or a month, these make it one: "Will we…", "May I…", "Mark the…"
MAKE_A_WORD = frozenset(
    "a an anyone at everyone for he her his i in it its my nobody not of on one our she somebody someone that the"
    " their there these they this those to we you your".split()
)
# After a name in speech without capitals.
AFTER_A_NAME = frozenset("answered asked cried goes laughed reckons replied said says thinks thought told went".split())
# After these in speech without capitals a word is no name.
ARTICLES = frozenset(
    "a an the my your his her its our their some any no this that these those of in with for by".split()
)
NO_NAME_AFTER = ARTICLES | frozenset(
    "i we they you he she it who to not would could should might must can just really still do did will".split()
)
# Verbs of every sentence, which only what follows them can make a name.
TOO_COMMON = frozenset(("will", "may"))
# Parts of a name that are nobody's alone.
PARTICLES = frozenset(
    "al ap bin bint da dal das de del della den der des di do dos du e el et ibn la las le les lo los mac mc of"
    " st te ten ter the und van von y zu zum zur".split()
)
# Given names that are also words of the language: names at a sentence's beginning and in speech without capitals, where
# what stands beside them says so.
GIVEN_NAMES = frozenset(
    "ari aroha hine kahu kahurangi kiri marama mere moana ngaio tama tui abbey amber angel angelica april art"
    " aurora autumn basil bill blossom bob carol charity cherry chuck clay cliff comfort constance coral crystal"
    " daisy dale dawn dean dolly dot drew ebony ernest eve faith fern flora frank gene ginger glen glory grace"
    " hazel heather holly hope iris ivy jack jade jasmine jay jean jewel joy june lance laurel lily lottie mark"
    " marshall martin mason max may melody mercy merry mick miles misty nick norm nova olive opal pansy pat"
    " patience pearl peg penny pip poppy precious prudence ray rex rob robin rocky rod rose rosemary roy ruby"
    " rusty sandy scarlet sky sonny stew sue summer sunny terry vera vic victor viola violet wade will willow"
    " winnie woody".split()
)
# Words that hold a sentence together, and are nobody's name.
FUNCTION_WORDS = frozenset(
    "a about after again all also always an and another any anyway are as at away back be because been before"
    " being both but by came can come comes could did do does don done down each either even every everyone"
    " everything for from get gets go goes going gone got had has have having he her here hers him his how i if in"
    " into is isn it its just knew know last let like made make many maybe me more most much must my never next"
    " nice no nobody nor not nothing now of off oh okay on once one only or other our out over perhaps please"
    " quite really right said same saw say says see she should so some someone something sorry still such than"
    " thank thanks that the their them then there these they thing think thinks this those though thought three to"
    " told too two under until up us very was wasn we well went were what when where which while who whose why"
    " with without would yeah yes yet you your".split()
)
