# The same in English, by a key, with a form open below; and by whom else it can be opened.
size 24 80
lang en
world board
pin 李敏 2468
rest
keys n "the caller rang a"
keys F12
screen
|
|
|
|           Duty desk  [locked]
|           天宁区社会治理联动指挥中心
|
|           Sun 02:41
|           李敏  值班员  指挥中心
|           no alarm
|           *online  to send 0
|
|           Any key, then your PIN
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
wipes 1
keys Enter "2468" Enter
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                   Sun 02:41
| 1On duty 2Incidents 3Deadlines 5Meetings 8Outbox    *online to send 0 1.2K/min
| 22-0402 金色新城北门路面塌陷，围挡只有一根绳子，夜间电动车险些掉进坑里  青龙
|+- 备注  22-0402 --------------------------------------------------------------+
||>Note * the caller rang a                                              17/5000|
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||                                                                              |
||several lines; Tab goes on                                                    |
||F10 ^S save  Tab next  Esc keep draft  F5 by phone  F4 templates  * required  |
|+------------------------------------------------------------------------------+
| Due next: 3m59s 22-0404 受理  红梅夜市油烟噪声扰民  红梅         data of 02:41
|
keys "gain" Esc
keys K
screen
|
|
|
|           Duty desk  [locked]
|           天宁区社会治理联动指挥中心
|
|           Sun 02:41
|           李敏  值班员  指挥中心
|           no alarm
|           *online  to send 0
|
|           Any key, then your PIN
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
keys Enter Tab
screen
|
|
|
|           Duty desk  [locked]
|           天宁区社会治理联动指挥中心
|
|           Sun 02:41
|           李敏  值班员  指挥中心
|           no alarm
|           *online  to send 0
|
|           Who takes over?
|           > 1 李敏  值班员  指挥中心
|             2 another officer ...
|           A number or Enter chooses, Esc leaves
|
|
|
|
|
|
|
|
|
keys 2 "王建国" Enter
screen
|
|
|
|           Duty desk  [locked]
|           天宁区社会治理联动指挥中心
|
|           Sun 02:41
|           李敏  值班员  指挥中心
|           no alarm
|           *online  to send 0
|
|           王建国  PIN:
|           Enter opens, Tab another officer, Esc leaves
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
# Whatever way a command comes, and in whatever size, nothing of the board is shown.
keys Esc : "board" Enter 2 Q
resize 12 40
keys 2 : "board" Enter
screen
|The screen is 40x12;
|60x16 is the least.
|Make it larger.
|
|
|
|
|
|
|
|
|
resize 24 80
keys Esc
screen
|
|
|
|           Duty desk  [locked]
|           天宁区社会治理联动指挥中心
|
|           Sun 02:41
|           李敏  值班员  指挥中心
|           no alarm
|           *online  to send 0
|
|           Any key, then your PIN
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
