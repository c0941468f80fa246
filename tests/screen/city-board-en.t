# The same in English.
size 30 132
lang en
world city
screen
|[战时Ⅱ/Ⅰ级] since 11-22 00:31  Duty desk 云州市城市运行管理中心   值班员 李敏  云东区                                     Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles !!1 not acknowledged 战时Ⅱ/Ⅰ级  *online to send 0 1.2K/min
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
| Due next: 1d 14h 20-0402 Countersign  拆迁围挡长期未清  望云                                                         data of 02:41
| Enter page  F2 acts a分派 s自办 r退回(不在清单) n备注 A确认 f更正 p通话记录 = clocks  N register  / filter  : command  ? help
keys j j Enter
screen
|[战时Ⅱ/Ⅰ级] since 11-22 00:31  Duty desk 云州市城市运行管理中心   值班员 李敏  云东区                                     Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles !!1 not acknowledged 战时Ⅱ/Ⅰ级  *online to send 0 1.2K/min
|20261122-0403  望云街下穿通道积水，三辆车熄火，有人被困                        |11-22 01:11    下发通知  李敏 (云东区) > 望云, 云东
|Source                热线              Category             路面破损塌陷      |               交通
|Urgency               特急              Type                 事件              |               Class: 橙色预警
|Address               望云街下穿通道    Street               望云              |               下穿通道一律封闭，未通知不得放行
|Reported              11-22 00:11       Registered           11-22 00:11       |               Limits: 回执 10m till 11-22 01:21
|Registered by         赵丽              Registered at        望云              |11-22 01:16    回执  赵丽 (望云)
|Tier                  市                Response level       2                 |11-22 01:41    批示  周城 (市运管中心)
|Step                  市级分派          Holder               市水务局          |               Leader: 王建国; By what means: 电话
|Due                   11-22 02:06       Clock                分派              |               先救人，再排水；市级泵车马上调。
|Latest move           11-22 02:21       Latest act           附件              |11-22 01:51    提请市级  李敏 (云东区)
|On the scene          11-22 00:41       Supervision          督办              |               缺大流量泵车，请市级调度
|To be countersigned   2                 By the duty list     云东住建          |               Limits: 分拨 10m till 11-22 02:01
|Line of the duty list D-012                                                    |11-22 01:56    分拨  周城 (市运管中心) > 市水务局,
|                                                                               |               市交通局
|-- Levels: each waits for the one above ---------------------------------------|               Limits: 分派 10m till 11-22 02:06
|市           待分派  市运管中心  市水务局                                      |11-22 02:01    督办  钱进 (市运管中心)
|区           待分拨  云东区  Holder 云东住建  Sent up 11-22 01:51 李敏  tried  |               Supervision by: 督办
|             there first                                                       |               水务局泵车到位情况每半小时报一次
|             缺大流量泵车，请市级调度                                          |               Limits: 督办答复 5wd till 11-27 17:30
|                                                                               |11-22 02:21    附件  李敏 (云东区)
|-- From the scene -------------------------------------------------------------|               File: 下穿通道-0221.jpg; Bytes:
|11-22 00:43        Trapped 3   Moved to safety 12   Water, cm 80   Rain, mm 46 |               482133; SHA-256:
|                                                                               |               9f86d081884c7d659a2feaa0c55ad015a3bf4
|-- Clocks (= shows how they were computed) ------------------------------------|               f1b2b0b822cd15d6c15b0f00a08; Shows:
|补签       云东住建  1wd  due 11-23 17:30: 1d 14h left  0% used                |               before
| lines 1 to 25 of 86                                                           | lines 42 to 66 of 66  (end)
| Due next: 1d 14h 20-0402 Countersign  拆迁围挡长期未清  望云                                                         data of 02:41
| F2 acts n备注 A确认 p通话记录 Tab section  = clocks  Esc back  : command  ? help
