size 24 80
lang en
world board
keys N
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
|+- 登记 -----------------------------------------------------------------------+
||>Phone                                                                    0/30|
|| Address                                                                      |
|| Title              *                                                         |
|| Urgency              [Enter or type to choose]                               |
|| Text                                                                         |
||                                                                              |
||                                                                              |
|| F3 more: Reporter Street Community Grid Category Source Type State of the c..|
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||F10 ^S save  Tab next  Esc keep draft  F5 by phone  F4 templates  * required  |
|+------------------------------------------------------------------------------+
| Due next: 4m00s 22-0404 受理  红梅夜市油烟噪声扰民  红梅         data of 02:41
|
