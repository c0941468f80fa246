# The list of what rings, wide; the page behind it, and what was not answered stands there.
size 30 132
lang en
world board
change people
change elsewhere
idle 200
keys Comma a
screen
| !!1 not acknowledged for 3 min  ring 值班长 王建国 13861120002                                                           Sun 02:44
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles !!1 not acknowledged      *online to send 0 data 3 min old
| Alarms 1  new case 1  given to us 0  overdue 0
|  Alarm       Since          Rings Number     Street   Matter                                                             Holder
|> new case    11-22 02:40    3 min 22-0408    兰陵     朝阳桥下废品堆放点起火
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
|------------------------------------------------------------------------------------------------------------------------------------
| 22-0408  朝阳桥下废品堆放点起火
| 兰陵
| Due next: 00:05 22-0408 受理  朝阳桥下废品堆放点起火  兰陵                                                           data of 02:41
| Enter page  F2 acts T受理 a夜间直派 f更正 n备注 A确认 p通话记录 t下发通知 d派员 i批示 m提请上会 Esc back  : command  ? help
keys Enter
idle 660
screen
| !!1 not acknowledged for 14 min  ring 值班长 王建国 13861120002                                                          Sun 02:55
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles !!1 not acknowledged     *online to send 1 data 14 min old
|20261122-0408  朝阳桥下废品堆放点起火                                          |-- Timeline ----------------------------------------
|Source          应急                    Category       火情                    |11-22 02:40    登记  李敏 (指挥中心)
|Urgency         特急                    Type           事件                    |               应急
|Street          兰陵                    Reported       11-22 02:40             |               Limits: 受理 10m till 11-22 02:50, 转
|Registered      11-22 02:40             Registered by  李敏                    |               出 2m till 11-22 02:42
|Registered at   指挥中心                Tier           区                      |11-22 02:55    Post did not answer  李敏 (指挥中心)
|Step            受理                    Due            11-22 02:42             |               [waits to be sent]
|Clock           转出                    Latest move    11-22 02:40             |               Rang since: 2026-11-22 02:41; Latest
|Latest act      登记                                                           |               key: 2026-11-22 02:44
|                                                                               |
|-- Clocks (= shows how they were computed) ------------------------------------|
|受理       指挥中心  10m  was due 11-22 02:50: overdue by 00:05  150% used     |
|转出       指挥中心  2m  was due 11-22 02:42: overdue by 00:13  750% used      |
|                                                                               |
|-- Posts that did not answer --------------------------------------------------|
|指挥中心           李敏  Rang since 11-22 02:41  Latest key 11-22 02:44  Not   |
|                   answered 11-22 02:55                                        |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
| Due next: 00:15 22-0404 交办  红梅夜市油烟噪声扰民  红梅                                                             data of 02:41
|no key for 10 minutes under an alarm: written down as not answered
