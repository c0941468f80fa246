size 43 132
lang en
world board
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles                                 *online to send 0 1.2K/min
| Open 6  within the hour 2  by time left                                                                                      7 / 7
|       Left Urg. Number   From   Area     Matter                                  Jo.. Latest move      Pressed  Holder       State
|> !   2m59s 急   22-0402  网格   青龙     金色新城北门路面塌陷，围..险些掉进坑里       01:44 交办                住建局       未签收
|  !   3m59s 急   22-0404  微警务 红梅     红梅夜市油烟噪声扰民                         02:15 登记                             待受理
|      02:39 特急 22-0401  热线   天宁     清凉新村自来水发黄有异味，多户反映           01:21 联系诉求人          水务局       办理中
|      07:49 平   22-0407  taid..          请求A市地铁2#线在梅溪湖CBD处增设一个站       02:11 登记                             待受理
|     1d 09h 平   21-0403  城管   天宁     青洋路夜间渣土车遗撒                         11-21 受理                             待交办
|     1d 14h 平   20-0405  领导   雕庄     Street lamp 17 out <<U+00..<U+001B>[0m>      11-21 报结                住建局       待核查
|            急   17-0406  110    茶山     行道树倒伏压住非机动车道                     11-18 办结                园林所       已办结
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
| 22-0402 金色新城北门路面塌陷，围挡只有一根绳子，夜间电动车险些掉进坑里  青龙
| 01:37 登记 李敏  01:39 受理 李敏  01:44 交办 李敏
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                                                             data of 02:41
| Enter page  F2 acts s签收 r退回 f更正 n备注 A确认 p通话记录 t下发通知 d派员 i批示 = clocks  N register  / filter  : command  ? help
