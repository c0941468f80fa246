size 43 132
lang en
world board
keys j j Enter
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles                                 *online to send 0 1.2K/min
|20261122-0401  清凉新村自来水发黄有异味，多户反映                              |-- Timeline ----------------------------------------
|Source             热线                 Category          水质异常             |11-22 01:12    登记  李敏 (指挥中心)
|Urgency            特急                 Type              事件                 |               热线
|Address            清凉新村12幢         Street            天宁                 |               Limits: 受理 10m till 11-22 01:22
|Reporter           陈**                 Phone             139****8821          |11-22 01:13    受理  李敏 (指挥中心)
|Reported           11-22 01:12          Registered        11-22 01:12          |               Limits: 交办 10m till 11-22 01:23
|Registered by      李敏                 Registered at     指挥中心             |11-22 01:15    交办  李敏 (指挥中心) > 水务局, 自来
|Tier               区                   Step              处置                 |               水公司
|Holder             水务局               Signed by         周海                 |               Limits: 签收 10m till 11-22 01:25
|Due                11-22 05:20          Clock             处置                 |11-22 01:20    签收  周海 (水务局)
|Latest move        11-22 01:21          Latest act        联系诉求人           |               Limits: 联系 30m till 11-22 01:50, 处
|Caller contacted   11-22 01:21                                                 |               置 4h till 11-22 05:20
|                                                                               |11-22 01:21    联系诉求人  周海 (水务局)
|-- Clocks (= shows how they were computed) ------------------------------------|               已与来电人通话
|处置       水务局  4h  due 11-22 05:20: 02:39 left  33% used                   |
|受理       指挥中心  10m  stopped 11-22 01:13; it was due 11-22 01:22          |
|交办       指挥中心  10m  stopped 11-22 01:15; it was due 11-22 01:23          |
|签收       水务局  10m  stopped 11-22 01:20; it was due 11-22 01:25            |
|联系       水务局  30m  stopped 11-22 01:21; it was due 11-22 01:50            |
|                                                                               |
|-- Text -----------------------------------------------------------------------|
|今天下午起自来水发黄，放置半小时后有沉淀，闻着有铁锈味，楼上楼下十几户都一样。 |
|已经打过自来水公司电话，说是管网检修，但没有贴通知。家里有老人和婴儿，请尽快处 |
|理。                                                                           |
|                                                                               |
|-- Departments ----------------------------------------------------------------|
|水务局           lead  signed  Assigned 11-22 01:15  Signed 11-22 01:20 周海   |
|                 Caller contacted 11-22 01:21                                  |
|自来水公司       assisting  assigned  Assigned 11-22 01:15                     |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
|                                                                               |
| Due next: 4m00s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                                                             data of 02:41
| F2 acts h报结 b回访 e上报 x申请延期 f更正 n备注 A确认 p通话记录 t下发通知 d派员 Tab section  = clocks  Esc back  : command  ? help
