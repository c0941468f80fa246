size 24 80
lang zh
world board
rest
screen
