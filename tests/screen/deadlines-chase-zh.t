# Rosters that are not filed: among the deadlines; one is chased with E, then two that are marked.
size 24 100
lang zh
world whistle
keys 3 0 / k i n d : r o s t e r Enter
rest
screen
keys E
rest
screen
keys j Space Space E
rest
screen
