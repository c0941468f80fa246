# The same in English.
size 30 100
lang en
world whistle
keys 3 0
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles *online to send 0 1.2K/min
| All organisations  Run out 8  Later 8
|    Left    What     Number   Clock        Whose        Matter                      Spent Pressed
|  Run out  8
|>    -1d !! roster            to be filed  公安分局     27 organisations ..to 11-29
|     -1d !! roster            to be filed  开发区       8 organisations w..to 11-29
|  -14:20 !! case     21-0401  交办         指挥中心     红梅夜市油烟噪声..余户反映  >999%
|  -12:40 !! case     21-0402  受理         指挥中心     红梅夜市摊位占道，油烟直排   733%
|  -06:00 !! 吹哨     21-W001  联系         公安分局     红梅夜市油烟噪声..联合整治   250%
|  -00:10 !! 吹哨     22-W002  中心审核     指挥中心     青山湾北墙倾斜，已拉警戒线   133%
|  -00:05 !! 吹哨     21-W001  报到         公安分局     红梅夜市油烟噪声..联合整治   100%
|  -00:05 !! 吹哨     21-W001  报到         市监局       红梅夜市油烟噪声..联合整治   100%
|  Later  8
|  1d 14h    吹哨     21-W001  争议裁定     指挥中心     红梅夜市油烟噪声..联合整治     0%
|  1d 14h    吹哨     22-W003  审签         红梅         流浪犬集中出没                 0%
|  5d 13h    roster            to be filed  公安分局     27 organisations ..to 12-06
|  5d 13h    roster            to be filed  开发区       8 organisations w..to 12-06
|  9d 14h    吹哨     21-W001  办理         生态环境局   红梅夜市油烟噪声..联合整治     0%
|  9d 14h    吹哨     21-W001  办理         公安分局     红梅夜市油烟噪声..联合整治     0%
|  9d 14h    吹哨     21-W001  办理         城管局       红梅夜市油烟噪声..联合整治     0%
|  9d 14h    吹哨     21-W001  办理         市监局       红梅夜市油烟噪声..联合整治     0%
|
|
|
|----------------------------------------------------------------------------------------------------
| 27 organisations without any people: 值班电话 11-23 to 11-29  公安分局
| 公安分局 to be filed: due 11-20 16:00
| Due next: 1d 14h 21-W001 争议裁定  红梅夜市油烟噪声扰民联合整治  红梅                data of 02:41
| Enter page  F2 acts = clocks  0 mine, all  Tab month  / filter  : command  ? help
keys Tab
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles *online to send 0 1.2K/min
| All organisations  Run out 8  Later 8
|    Left    What     Number   Clock        Whose        Matter                      Spent Pressed
|  Run out  8
|>    -1d !! roster            to be filed  公安分局     27 organisations ..to 11-29
|     -1d !! roster            to be filed  开发区       8 organisations w..to 11-29
|  -14:20 !! case     21-0401  交办         指挥中心     红梅夜市油烟噪声..余户反映  >999%
|  -12:40 !! case     21-0402  受理         指挥中心     红梅夜市摊位占道，油烟直排   733%
|  -06:00 !!  +- What runs out on each day (Enter: that day, Esc: back) ---------------+0%
|  -00:10 !!  | 2026-11                                                                |3%
|  -00:05 !!  |   Mo        Tu        We        Th        Fr        Sa        Su       |0%
|  -00:05 !!  |                                                               1     .  |0%
|  Later  8   |   2     .   3     .   4     .   5     .   6     2   7     .   8     .  |
|  1d 14h     |   9     .  10     .  11     .  12     .  13     2  14     .  15     .  |0%
|  1d 14h     |  16     .  17     .  18     .  19     .  20     2  21     3 >22     3  |0%
|  5d 13h    r|  23     2  24     .  25     .  26     .  27     2  28     .  29     .  |
|  5d 13h    r|  30     .                                                              |
|  9d 14h     | * today  h holiday  w workday                                          |0%
|  9d 14h     | No calendar of 2027 yet: what is due then is provisional.              |0%
|  9d 14h     +------------------------------------------------------------------------+0%
|  9d 14h    吹哨     21-W001  办理         市监局       红梅夜市油烟噪声..联合整治     0%
|
|
|
|----------------------------------------------------------------------------------------------------
| 27 organisations without any people: 值班电话 11-23 to 11-29  公安分局
| 公安分局 to be filed: due 11-20 16:00
| Due next: 1d 14h 21-W001 争议裁定  红梅夜市油烟噪声扰民联合整治  红梅                data of 02:41
|
