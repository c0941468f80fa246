# In English; a department's own view; nobody's.
size 24 80
lang en
home
world board
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
| ,1Unacknowledged 0  2Unsigned 2  3Within the hour 2  4Overdue 0
|       Left Urg. Number   From Area Matter                       Holder   State
|  Act now  1
|> !   3m59s 急   22-0404  微警 红梅 红梅夜市油烟噪声扰民                  待受理
|  Up next  4
|  !   2m59s 急   22-0402  网格 青龙 金色新城北门路面塌..掉进坑里 住建局   未签收
|      07:49 平   22-0407  taid      请求A市地铁2#线在..设一个站           待受理
|     1d 09h 平   21-0403  城管 天宁 青洋路夜间渣土车遗撒                  待交办
|     1d 14h 平   20-0405  领导 雕庄 Street lamp 17 out..01B>[0m> 住建局   待核查
|  Waits for others  1
|      02:39 特急 22-0401  热线 天宁 清凉新村自来水发黄..多户反映 水务局   办理中
|
|
|
|
|
|
|--------------------------------------------------------------------------------
| 22-0404 红梅夜市油烟噪声扰民  红梅
| 02:15 登记 李敏
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅         data of 02:41
| Enter page  F2 acts T受理 = clocks  N register  / filter  : command  ? help
as 周海 shuiwu dept
rest
screen
| Duty desk 天宁区社会治理联动指挥中心   部门值班 周海  水务局         Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
| ,1Unacknowledged 0  2Unsigned 2  3Within the hour 2  4Overdue 0
|       Left Urg. Number   From Area Matter                       Holder   State
|  Up next  3
|> !   2m59s 急   22-0402  网格 青龙 金色新城北门路面塌..掉进坑里 住建局   未签收
|  !   3m59s 急   22-0404  微警 红梅 红梅夜市油烟噪声扰民                  待受理
|      02:39 特急 22-0401  热线 天宁 清凉新村自来水发黄..多户反映 水务局   办理中
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
|--------------------------------------------------------------------------------
| 22-0402 金色新城北门路面塌陷，围挡只有一根绳子，夜间电动车险些掉进坑里  青龙
| 01:37 登记 李敏  01:39 受理 李敏  01:44 交办 李敏
| Due next: 02:39 22-0401 处置  清凉新村自来水发黄有异味，多户反.. data of 02:41
|周海 has this seat now.
