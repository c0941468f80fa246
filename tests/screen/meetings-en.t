# Meetings in English; nothing there; a filter that lets nothing through.
size 24 80
lang en
world meeting
keys 5
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
|>Meetings 4                                                               4 / 4
|  Meeting time    Number   Meeting            State      Answers   Next step
|> 11-18(We) 14:30 15-M005  联席工作例..o. 46  being co.. 1/14      minutes to ..
|  11-25(We) 14:00 20-M062  入冬清淤专题会     called     1/2       1 silent
|  11-25(We) 14:30 20-M040  联席工作例..o. 47  called     3/15 -1   11 silent
|  no time yet     21-M069  网格专班会议       being pr..           put items o..
| Candidates 3                     items: 1 to be approved, 0 wait for a meeting
|  Number   Matter                      Why                     Concerned
|> 18-0403  翠竹新村顶楼加建..联名信访  put there by hand       城管局, 住建局
|  20-0405  兰陵路非机动车棚..消防通道  put there by hand       住建局
|  19-0404  雕庄工业园雨污混..河道发黑  hard case               水务局, 生态环..
|
|
|
|
|
|
|--------------------------------------------------------------------------------
| 15-M005  联席工作例会, no. 46  11-18(We) 14:30-16:30  研判室
| 指挥中心  chair 周明  items 2  mandatory 7
| Nothing of ours is due.                                          data of 02:41
| Enter page  F2 acts Tab other pane  Space mark  m to the meeting  N new meeti..
keys N
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
|>Meetings 4                                                               4 / 4
|  Meeting time    Number   Meeting            State      Answers   Next step
|> 11-18(We) 14:30 15-M005  联席工作例..o. 46  being co.. 1/14      minutes to ..
|  11-25(We) 14:00 20-M062  入冬清淤专题会     called     1/2       1 silent
|  11-25(We) 14:30 20-M040  联席工作例..o. 47  called     3/15 -1   11 silent
|  no time yet     21-M069  网格专班会议       being pr..           put items o..
| Candidates 3                     items: 1 to be approved, 0 wait for a meeting
|  Number   Matter                      Why                     Concerned
|> 18-0403  翠竹新村顶楼加建..联名信访  put there by hand       城管局, 住建局
|  20-0405  兰陵路非机动车棚..消防通道  put there by hand       住建局
|  19-0404  雕庄工业园雨污混..河道发黑  hard case               水务局, 生态环..
|
|
|
|+- Which meeting? -------------------------------------------------------------+
||type to filter:                                                               |
||> 1 联席工作例会  of a rhythm: the next date is proposed                      |
||  2 网格专班会议  of a rhythm: the next date is proposed                      |
||  3 专题会议      as needed                                                   |
|+------------------------------------------------------------------------------+
| Nothing of ours is due.                                          data of 02:41
|
keys Enter
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
|+- Convene a meeting ----------------------------------------------------------+
||>Series            联席工作例会                                               |
|| Title             联席工作例会                                               |
|| Meeting begins    2026-12-02 14:30                                           |
|| Meeting ends      2026-12-02 16:30                                           |
|| Room              [Enter or type to choose]                                  |
|| Conference line   [Enter or type to choose]                                  |
|| Chair             指挥中心主任                                               |
|| Second chair                                                                 |
|| Secretary         李敏                                                       |
|| Quorum                                                                       |
|| Note                                                                         |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||type to choose                                                                |
||F10 ^S save  Tab next  Esc keep draft  F5 by phone  * required                |
|+------------------------------------------------------------------------------+
| Nothing of ours is due.                                          data of 02:41
|
keys Esc
keys "/nothing of it" Enter
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
|>Meetings 0  Filter: nothing of it                                        0 / 4
|  Meeting time    Number   Meeting            State      Answers   Next step
|           Nothing fits the filter. Esc takes it away, / changes it.
|
| Candidates 3                     items: 1 to be approved, 0 wait for a meeting
|  Number   Matter                      Why                     Concerned
|> 18-0403  翠竹新村顶楼加建..联名信访  put there by hand       城管局, 住建局
|  20-0405  兰陵路非机动车棚..消防通道  put there by hand       住建局
|  19-0404  雕庄工业园雨污混..河道发黑  hard case               水务局, 生态环..
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
| Enter page  F2 acts Tab other pane  Space mark  m to the meeting  N new meeti..
