# The desk in English, at three sizes.
size 24 80
lang en
world board
offline
keys G k k a "水务" Enter Ctrl-S
keys f Tab "（南段）" Ctrl-S
keys n "已电话告知水务局值班室" Ctrl-S
rest
change rival
change judged
online
keys 8
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 8Outbox XDesk 2      *online to send 0 1.2K/min
| Outbox: acts of this console that wait, and the conflict desk
|      No. State      Done at     Act        Incident   The server says
|  Conflict desk, not accepted: each to be decided  2
|> X     1 refused    11-22 02:41 交办       21-0403    区城市管理局 has it alr..
|  X     2 refused    11-22 02:41 - 更正     21-0403    所依附的动作未被接受
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
|--------------------------------------------------------------------------------
| 21-0403 青洋路夜间渣土车遗撒  天宁  交办
| 水务局
| 区城市管理局 has it already, since 11-22 02:40
|
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅         data of 02:41
| Enter open it  r send again  E edit  D drop  : command  ? help
keys Enter
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 8Outbox XDesk 2      *online to send 0 1.2K/min
| Conflict desk 1/2  交办  21-0403 青洋路夜间渣土车遗撒  天宁
|Not accepted  区城市管理局 has it already, since 11-22 02:40
|Before it     王建国 指挥中心 02:40 交办 城管局
|I did         02:41 李敏 交办  水务局
|
|-- Compared --------------------------------------------------------------------
|          what I saw              what I wanted           what stands there now
|X Holder  -                       水务局                  城管局
|  Step    交办                    签收                    签收
|
|-- Hung on it, not accepted either: 1 ------------------------------------------
|   2  更正  Title: 青洋路夜间渣土车遗撒（南段）
|
|
|
|
|
|--------------------------------------------------------------------------------
| 1 r send mine again       2 D give mine up          3 E edit, send again
| 4 C give it all up        5 Enter what it is about  6 Tab next item
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅         data of 02:41
| 8 the whole list  Esc back  : command  ? help
resize 30 100
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox XDesk 2   *online to send 0 1.2K/min
| Conflict desk 1/2  交办  21-0403 青洋路夜间渣土车遗撒  天宁
|Not accepted  区城市管理局 has it already, since 11-22 02:40
|Before it     王建国 指挥中心 02:40 交办 城管局
|I did         02:41 李敏 交办  水务局
|
|-- Compared ----------------------------------------------------------------------------------------
|          what I saw                    what I wanted                 what stands there now
|X Holder  -                             水务局                        城管局
|  Step    交办                          签收                          签收
|
|-- Hung on it, not accepted either: 1 --------------------------------------------------------------
|   2  更正  Title: 青洋路夜间渣土车遗撒（南段）
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
|----------------------------------------------------------------------------------------------------
| 1 r send mine again       2 D give mine up          3 E edit, send again
| 4 C give it all up        5 Enter what it is about  6 Tab next item
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                             data of 02:41
| 8 the whole list  Esc back  : command  ? help
keys 8
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox XDesk 2   *online to send 0 1.2K/min
| Outbox: acts of this console that wait, and the conflict desk
|      No. State      Done at     Officer  Act        Incident   What was to be done  The server says
|  Conflict desk, not accepted: each to be decided  2
|> X     1 refused    11-22 02:41 李敏     交办       21-0403    水务局               区城市管理局 ..
|  X     2 refused    11-22 02:41 李敏     - 更正     21-0403    Title: 青洋路夜间..  所依附的动作..
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
|----------------------------------------------------------------------------------------------------
| 21-0403 青洋路夜间渣土车遗撒  天宁  交办
| 水务局
| 区城市管理局 has it already, since 11-22 02:40
|
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                             data of 02:41
| Enter open it  r send again  E edit  D drop  : command  ? help
resize 43 132
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles XDesk 2                         *online to send 0 1.2K/min
| Outbox: acts of this console that wait, and the conflict desk
|      No. State      Done at     Officer  Act        Incident   What was to be done           The server says
|  Conflict desk, not accepted: each to be decided  2
|> X     1 refused    11-22 02:41 李敏     交办       21-0403    水务局                        区城市管理局 has it already, since 1..
|  X     2 refused    11-22 02:41 李敏     - 更正     21-0403    Title: 青洋路夜间渣土车遗撒.. 所依附的动作未被接受
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
|------------------------------------------------------------------------------------------------------------------------------------
| 21-0403 青洋路夜间渣土车遗撒  天宁  交办
| 水务局
| 区城市管理局 has it already, since 11-22 02:40
|
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                                                             data of 02:41
| Enter open it  r send again  E edit  D drop  : command  ? help
keys Enter
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles XDesk 2                         *online to send 0 1.2K/min
| Conflict desk 1/2  交办  21-0403 青洋路夜间渣土车遗撒  天宁
|Not accepted  区城市管理局 has it already, since 11-22 02:40
|Before it     王建国 指挥中心 02:40 交办 城管局
|I did         02:41 李敏 交办  水务局
|
|-- Compared ------------------------------------------------------------------------------------------------------------------------
|          what I saw                               what I wanted                            what stands there now
|X Holder  -                                        水务局                                   城管局
|  Step    交办                                     签收                                     签收
|
|-- Hung on it, not accepted either: 1 ----------------------------------------------------------------------------------------------
|   2  更正  Title: 青洋路夜间渣土车遗撒（南段）
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
|------------------------------------------------------------------------------------------------------------------------------------
| 1 r send mine again       2 D give mine up          3 E edit, send again      4 C give it all up        5 Enter what it is about
| 6 Tab next item
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                                                             data of 02:41
| 8 the whole list  Esc back  : command  ? help
keys C
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles XDesk 2                         *online to send 0 1.2K/min
| Conflict desk 1/2  交办  21-0403 青洋路夜间渣土车遗撒  天宁
|Not accepted  区城市管理局 has it already, since 11-22 02:40
|Before it     王建国 指挥中心 02:40 交办 城管局
|I did         02:41 李敏 交办  水务局
|
|-- Compared ------------------------------------------------------------------------------------------------------------------------
|          what I saw                               what I wanted                            what stands there now
|X Holder  -                                        水务局                                   城管局
|  Step    交办                                     签收                                     签收
|
|-- Hung on it, not accepted either: 1 ----------------------------------------------------------------------------------------------
|   2  更正  Title: 青洋路夜间渣土车遗撒（南段）
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
|====================================================================================================================================
| 交办 21-0403  水务局
| 区城市管理局 has it already, since 11-22 02:40
| What hung on it is given up too: 1
| Give it up for good?  y or 1 yes, n or 2 no
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                                                             data of 02:41
|
