size 43 132
lang en
world board
keys F1
screen
| Duty desk 天宁区社会治理联动指挥中心   值班员 李敏                                                                       Sun 02:41
| 1On duty 2Incidents 3Deadlines 4Roster 5Meetings 7Log 8Outbox 9Whistles                                 *online to send 0 1.2K/min
|+- What works here (type to filter, Enter runs it, Esc leaves) --------------------------------------------------------------------+
||type to filter:                                                                                                                   |
|| Everywhere                                                                                                                       |
||> ? F1            help          what works here, with its keys; type to filter                                                    |
||  :               command       a command by its name                                                                             |
||  1               home          screen: on duty, what needs me                                                                    |
||  2               board         screen: incidents                                                                                 |
||  3               deadlines     screen: what runs out, the next first                                                             |
||  4               roster        screen: the duty roster, the month or a week                                                      |
||  9               whistles      screen: whistles, the worst first                                                                 |
||  5               meetings      screen: joint meetings, and the candidates for the next                                           |
||  7               dutylog       screen: the duty log, what was done and what was written down                                     |
||  o               oncall        who is on duty there now and next, with phones, and who was rung; * is all                        |
||  ,s              since         what happened since my last shift: the log; again: what moved on the board                        |
||  8               outbox        screen: acts waiting to be sent, and those not accepted                                           |
||  X               desk          the conflict desk: acts not accepted, notes to be read                                            |
||  ,1              alarms        the board: alarms that nobody has acknowledged                                                    |
||  ,2              unsigned      the board: given out and not signed for                                                           |
||  ,3              soon          the board: what runs out within the hour                                                          |
||  ,4              overdue       the board: what has run out                                                                       |
||  ,5              receipts      the board: notices without a receipt                                                              |
||  ,6              instructions  the board: leaders' instructions that are not carried out                                         |
||  ,7              watched       the board: what I watch                                                                           |
||  ,m              mymeetings    the meetings that my organisation sits in or has to answer                                        |
||  ,k              candidates    the candidates for the next meeting, and why each is one                                          |
||                  items         items of meetings: those that wait, are approved, were carried over                               |
||                  actions       tasks that meetings gave, the next to run out first                                               |
||                  rooms         rooms and conference lines: what is booked there                                                  |
||                  calendar      meetings and duties, by month or by week                                                          |
||  ,8              unreported    deadlines: departments that a whistle called and that have not reported in                        |
||                  seen          take all that changed so far as seen                                                              |
||                  link          about the link to the server                                                                      |
||  [               back          back to where I was                                                                               |
||  ]               forward       forward again                                                                                     |
||  q               shut          close the top page                                                                                |
||  Q               leave         leave the console                                                                                 |
||  Ctrl-L          redraw        draw the screen again                                                                             |
||  Ctrl-Z          suspend       stop the console; fg brings it back                                                               |
|+----------------------------------------------------------------------------------------------------------------------------------+
| Due next: 4m00s 22-0404 受理  红梅夜市油烟噪声扰民  红梅                                                             data of 02:41
|
