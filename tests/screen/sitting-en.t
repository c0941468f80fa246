# A sitting in English.
size 24 80
lang en
world meeting
keys 5 Enter b
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
| 15-M005  联席工作例会 No. 46  being countersigned
| opened 14:38, sat 43 min  研判室  chair 周明
|   # Item                Outc..    Min| 15-K001 青山湾小区围墙倾斜责任认定
|>  1 青山湾小区围..认定  agreed  16/20| 住建局, 城管局
|   2 凤凰浜黑臭水体溯源  agreed   0/20| written by 李敏, 11-18 15:06
|                                      |
|                                      | -- Discussion --------------------------
|                                      | nothing yet: e writes it
|                                      |
|                                      | -- Resolution --------------------------
|                                      | agreed  由住建局牵头，一周内完成鉴定并加
|                                      | 固。
|                                      |
|                                      | -- Tasks -------------------------------
|                                      | 18-A020 完成围墙鉴定并加固  住建局
|                                      | 11-21 17:30
|--------------------------------------------------------------------------------
| there 5 of 14, quorum 4 reached; items settled 2 of 2, 16 of 40 min used
| must and not there: 指挥中心 周明, 总值班室
| e discussion  h resolution  a task  P minutes  Esc the meeting's page
| Nothing of ours is due.                                          data of 02:41
| Space here, begin  Tab sheet, agenda  e discussion  h resolution  a task  Esc..
keys Tab
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
| 15-M005  联席工作例会 No. 46  being countersigned
| opened 14:38, sat 43 min  研判室  chair 周明
|  Who                    As        Answer                Here     Who came When
|> 指挥中心 李敏          takes t..                       -
|  指挥中心 周明          chairs    silent                absent
|  总值班室               mandatory silent                absent
|  网格中心               mandatory silent                present           14:41
|  城管指挥中心           optional  silent                absent
|  劳动监察               optional  silent                absent
|  水利防汛               optional  silent                absent
|  应急指挥               optional  silent                absent
|  12345平台              optional  silent                absent
|  市监局席               optional  silent                absent
|  森林防火               optional  silent                absent
|  住建局                 mandatory silent                present           14:41
|  城管局                 mandatory silent                present           14:41
|--------------------------------------------------------------------------------
| there 5 of 14, quorum 4 reached; items settled 2 of 2, 16 of 40 min used
| must and not there: 指挥中心 周明, 总值班室
| Space here  l late  D delegate  x absent  L left  t V * mark  Tab agenda  b o..
| Nothing of ours is due.                                          data of 02:41
| Space here, begin  Tab sheet, agenda  e discussion  h resolution  a task  Esc..
