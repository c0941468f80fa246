# The same in English.
size 30 100
lang en
world whistle
keys 3 0
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 7Log 8Outbox 9Whistles           *online to send 0 1.2K/min
| All organisations  Run out 41  Later 41
|    Left    What     Number   Clock        Whose        Matter                      Spent Pressed
|  Run out  41
|>    -1d !! roster            to be filed  公安分局     值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  住建局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  城管局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  水务局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  交通局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  市监局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  生态环境局   值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  应急局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  消防大队     值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  卫健局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  教育局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  民政局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  人社局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  司法局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  资规分局     值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  农业农村局   值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  文旅局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  商务局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  数据局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  信访局       值班电话 11-23 to 11-29
|----------------------------------------------------------------------------------------------------
| 值班电话 11-23 to 11-29  公安分局
| 公安分局 to be filed: due 11-20 16:00
| Due next: 1d 14h 21-W001 争议裁定  红梅夜市油烟噪声扰民联合整治  红梅                data of 02:41
| Enter page  F2 acts = clocks  0 mine, all  Tab month  / filter  : command  ? help
keys Tab
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 7Log 8Outbox 9Whistles           *online to send 0 1.2K/min
| All organisations  Run out 41  Later 41
|    Left    What     Number   Clock        Whose        Matter                      Spent Pressed
|  Run out  41
|>    -1d !! roster            to be filed  公安分局     值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  住建局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  城管局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  水务局       值班电话 11-23 to 11-29
|     -1d !! r+- What runs out on each day (Enter: that day, Esc: back) ---------------+
|     -1d !! r| 2026-11                                                                |
|     -1d !! r|   Mo        Tu        We        Th        Fr        Sa        Su       |
|     -1d !! r|                                                               1     .  |
|     -1d !! r|   2     .   3     .   4     .   5     .   6    35   7     .   8     .  |
|     -1d !! r|   9     .  10     .  11     .  12     .  13    35  14     .  15     .  |
|     -1d !! r|  16     .  17     .  18     .  19     .  20    35  21     3 >22     3  |
|     -1d !! r|  23     2  24     .  25     .  26     .  27    35  28     .  29     .  |
|     -1d !! r|  30     .                                                              |
|     -1d !! r| * today  h holiday  w workday                                          |
|     -1d !! r| No calendar of 2027 yet: what is due then is provisional.              |
|     -1d !! r+------------------------------------------------------------------------+
|     -1d !! roster            to be filed  文旅局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  商务局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  数据局       值班电话 11-23 to 11-29
|     -1d !! roster            to be filed  信访局       值班电话 11-23 to 11-29
|----------------------------------------------------------------------------------------------------
| 值班电话 11-23 to 11-29  公安分局
| 公安分局 to be filed: due 11-20 16:00
| Due next: 1d 14h 21-W001 争议裁定  红梅夜市油烟噪声扰民联合整治  红梅                data of 02:41
|
