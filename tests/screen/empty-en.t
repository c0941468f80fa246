size 24 80
lang en
world empty
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
| Open 0  by time left                                                     0 / 0
|       Left Urg. Number   From Area Matter                       Holder   State
|
|
|
|
|
|                       No incident yet. N registers one.
|
|
|
|
|
|
|
|
|
|--------------------------------------------------------------------------------
|
|
| Nothing of ours is due.                                          data of 02:41
| Enter page  F2 acts = clocks  N register  / filter  : command  ? help
