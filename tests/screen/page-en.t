size 24 80
lang en
world board
keys j j Enter
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
|20261122-0401  清凉新村自来水发黄有异味，多户反映
|Source             热线                  Category          水质异常
|Urgency            特急                  Type              事件
|Address            清凉新村12幢          Street            天宁
|Reporter           陈**                  Phone             139****8821
|Reported           11-22 01:12           Registered        11-22 01:12
|Registered by      李敏                  Registered at     指挥中心
|Tier               区                    Step              处置
|Holder             水务局                Signed by         周海
|Due                11-22 05:20           Clock             处置
|Latest move        11-22 01:21           Latest act        联系诉求人
|Caller contacted   11-22 01:21
|
|-- Clocks (= shows how they were computed) -------------------------------------
|处置       水务局  4h  due 11-22 05:20: 02:39 left  33% used
|受理       指挥中心  10m  stopped 11-22 01:13; it was due 11-22 01:22
|交办       指挥中心  10m  stopped 11-22 01:15; it was due 11-22 01:23
|签收       水务局  10m  stopped 11-22 01:20; it was due 11-22 01:25
|联系       水务局  30m  stopped 11-22 01:21; it was due 11-22 01:50
| lines 1 to 19 of 42
| Due next: 4m00s 22-0404 受理  红梅夜市油烟噪声扰民  红梅         data of 02:41
| F2 acts h报结 b回访 e上报 Tab section  = clocks  Esc back  : command  ? help
