size 24 80
lang en
world board
keys N
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 2Incidents 8Outbox                                  *online to send 0 1.2K/min
|+- 登记 -----------------------------------------------------------------------+
||>Title              *                                                    0/200|
|| Address                                                                      |
|| Street               [Enter or type to choose]                               |
|| Urgency              [Enter or type to choose]                               |
|| Phone                                                                        |
|| Reporter                                                                     |
|| Text                                                                         |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
|| Category             [Enter or type to choose]                               |
|| Source               [Enter or type to choose]                               |
|| Type                 [Enter or type to choose]                               |
|| State of the com..   [Enter or type to choose]                               |
|| Community            [Enter or type to choose]                               |
|| Grid                 [Enter or type to choose]                               |
||                                                                              |
||F10 Ctrl-S save  Tab next  Esc leave, kept as draft  F5 by phone  * required  |
|+------------------------------------------------------------------------------+
|
