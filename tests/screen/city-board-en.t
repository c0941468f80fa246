# The same in English.
size 30 132
lang en
world city
screen
|[战时Ⅱ/Ⅰ级] since 11-22 00:31  Duty desk 云州市城市运行管理中心   值班员 李敏  云东区                                     Sun 02:41
| 2Incidents 8Outbox 战时Ⅱ/Ⅰ级                                                                            *online to send 0 1.2K/min
| Open 5  overdue 3  by time left                                                                                              5 / 5
|       Left Urg. Number   From   Area     Matter                   Latest move      Holder       State      Trapped Moved Water Rain
|> !! -05:40 急   21-0404  热线   北桥     北桥街道老楼燃气味       11-21 分拨       云东应急     区/待分派
|  !! -01:39 特急 22-0405  热线   望云     望云街下穿积水（..来电） 00:52 入库                    区/待分拨
|  !! -00:35 特急 22-0403  热线   望云     望云街下穿通道积..人被困 02:21 附件       市水务局     市/待分派        3    12    80   46
|  || 3d 14h 平   21-0401  热线   青桐     青桐街道古树倾斜..家鉴定 11-21 停表       云东园林     区/处置中
|  __    28d 平   20-0402  热线   望云     拆迁围挡长期未清         11-20 挂账                    区/待分拨
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
| 21-0404 北桥街道老楼燃气味  北桥 北桥路7号
| 11-21 20:01 录入 李敏  11-21 20:06 入库 李敏  11-21 20:11 分拨 李敏  11-21 20:21 退回(不在清单) 孙丽  11-21 20:31 分拨 李敏
| Due next: 3d 14h 21-0401 青桐街道古树倾斜待专家鉴定  青桐 青桐路                                                     data of 02:41
| Enter page  F2 acts a分派 s自办 r退回(不在清单) n备注 A确认 f更正 p通话记录 = clocks  N register  / filter  : command  ? help
keys j j Enter
screen
|[战时Ⅱ/Ⅰ级] since 11-22 00:31  Duty desk 云州市城市运行管理中心   值班员 李敏  云东区                                     Sun 02:41
| 2Incidents 8Outbox 战时Ⅱ/Ⅰ级                                                                            *online to send 0 1.2K/min
|20261122-0403  望云街下穿通道积水，三辆车熄火，有人被困
|Source                  热线                 Category               路面破损塌陷         Urgency                特急
|Type                    事件                 Address                望云街下穿通道       Street                 望云
|Reported                11-22 00:11          Registered             11-22 00:11          Registered by          赵丽
|Registered at           望云                 Tier                   市                   Response level         2
|Step                    市级分派             Holder                 市水务局             Due                    11-22 02:06
|Clock                   分派                 Latest move            11-22 02:21          Latest act             附件
|On the scene            11-22 00:41          Supervision            督办                 To be countersigned    2
|By the duty list        云东住建             Line of the duty list  D-012
|
|-- Levels: each waits for the one above --------------------------------------------------------------------------------------------
|市           待分派  市运管中心  市水务局
|区           待分拨  云东区  Holder 云东住建  Sent up 11-22 01:51 李敏  tried there first
|             缺大流量泵车，请市级调度
|
|-- From the scene ------------------------------------------------------------------------------------------------------------------
|11-22 00:43        Trapped 3   Moved to safety 12   Water, cm 80   Rain, mm 46
|
|-- Clocks (= shows how they were computed) -----------------------------------------------------------------------------------------
|补签       云东住建  1wd  due 11-23 17:30: 1d 14h left  0% used
|补签       云东住建  1wd  due 11-23 17:30: 1d 14h left  0% used
|回电       云东区  was due 11-22 02:21: overdue by 00:20  126% used
|回执       云东交通  10m  was due 11-22 01:21: overdue by 01:20  900% used
|分派       市水务局  10m  was due 11-22 02:06: overdue by 00:35  450% used
|Answer     市水务局  5wd  due 11-27 17:30: 5d 14h left  0% used
|录入       望云  5m  stopped 11-22 00:12; it was due 11-22 00:16
| lines 1 to 26 of 116
| F2 acts n备注 A确认 p通话记录 Tab section  = clocks  Esc back  : command  ? help
