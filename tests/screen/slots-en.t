# The finder in English; Enter on a slot of a meeting that nobody was invited to sets its time at once.
size 24 80
lang en
world slots
keys : "when 21-M001" Enter
rest
screen
| Duty desk 天宁区   带班领导 吴凯 主班 李敏 till 08:30, then handover Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
| When: 联席工作例会  120 min  16 att.. 7 must  quorum 4papers: from 11-23 17:30
|>1  12-02 We 14:30-16:30  研判室  usual time, all can come
| 2  11-26 Th 12:00-14:00  研判室  all can come
| 3  11-26 Th 14:00-16:00  研判室  all can come
|--------------------------------------------------------------------------------
| 12-02 We               09    10    11    12    13    14    15    16    17
|                                                         1===========
|>周明           chr  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 指挥中心主任   chr  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 陈晓华         must .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 水务局         must .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 住建局         must .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 公安分局       opt  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 城管局         opt  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 12345平台 马超 opt  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 总值班室       must .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| rooms that are free 3  3  3  3  3  3  3  3  3  3  3  3  3  3  3  3  3  3
|--------------------------------------------------------------------------------
| 12-02 We 14:30-16:30  研判室  usual time, all can come
| 周明  free
| Due next: 3d 05h 22-S037 Swap  陈晓华  家中有事  指挥中心        data of 02:41
| Enter take it  Tab next best  l day  Right half hour  Space without  + longer..
keys Enter
screen
| Duty desk 天宁区   带班领导 吴凯 主班 李敏 till 08:30, then handover Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 1 1.2K/min
| When: 联席工作例会  120 min  16 attend, 7 must  quorum 4    now 12-02 We 14:30
|>1  12-02 We 14:30-16:30  研判室  usual time, all can come
| 2  11-26 Th 12:00-14:00  研判室  all can come
| 3  11-26 Th 14:00-16:00  研判室  all can come
|--------------------------------------------------------------------------------
| 12-02 We               09    10    11    12    13    14    15    16    17
|                                                         1===========
|>周明           chr  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 指挥中心主任   chr  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 陈晓华         must .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 水务局         must .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 住建局         must .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 公安分局       opt  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 城管局         opt  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 12345平台 马超 opt  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| 总值班室       must .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
| rooms that are free 3  3  3  3  3  3  3  3  3  3  3  3  3  3  3  3  3  3
|--------------------------------------------------------------------------------
| 12-02 We 14:30-16:30  研判室  usual time, all can come
| 周明  free
| Due next: 3d 05h 22-S037 Swap  陈晓华  家中有事  指挥中心        data of 02:41
|Arrange it otherwise: done here, waits to be sent
