size 43 132
lang en
world board
keys \ "lamp" Enter
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles                                 *online to send 0 1.2K/min
| Search: lamp  by time left                                                                                                       1
|       Left Urg. Number   From   Area     Matter                                  Jo.. Latest move      Pressed  Holder       State
|>    1d 14h 平   20-0405  领导   雕庄     Street lamp 17 out <<U+00..<U+001B>[0m>      11-21 报结                住建局       待核查
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
| in Title: Street lamp 17 out <<U+001B>[31mred<U+001B>[0m>
|------------------------------------------------------------------------------------------------------------------------------------
| 20-0405 Street lamp 17 out <<U+001B>[31mred<U+001B>[0m>  雕庄
| 11-20 22:21 登记 李敏  11-20 22:31 受理 李敏  11-20 22:41 交办 李敏  11-21 00:01 签收 孙丽  11-21 20:01 报结 孙丽
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                                                             data of 02:41
| Enter page  F2 acts v核查通过 R核查不通过 b回访 f更正 n备注 \ words  Tab server  = clocks  N register  / filter  : command  ? help
