# A month is built: how fair, what would change, the ledger as it would be; saved by Enter.
size 24 80
lang zh
world roster
keys 4
keys b
rest
screen
| 值班台 天宁区社会治理联动指挥中心   值班员 李敏                     周日 02:41
| 1当班 2事件 3时限 4Roster 8待传 9吹哨                      *在线 待传0 1.2K/分
| Building 2026-11  指挥中心  指挥中心值班表  ended
| Gaps 0   Spread: rotation 20, first 12, now 4   63 seats change
| Unfair: rotation 1658, first 762, now 312  bound 304 (2% above it)
| All but the fixed seats are built; F keeps what is filled.
|--------------------------------------------------------------------------------
|-- What would change: 63 seats -------------------------------------------------
|11-22 日  夜班带班领导  王建国 -> 吴凯
|11-23 一  夜班主班  刘洋 -> 欧阳建国
|11-24 二  夜班主班  孙丽 -> 刘洋
|11-25 三  白班值班长  何平 -> 钱进
|11-25 三  夜班值班长  赵刚 -> 何平
|11-25 三  夜班主班  刘洋 -> 李敏
|11-26 四  白班主班  李敏 -> 赵刚
|11-26 四  白班应急席  梁红 -> 高峰
|11-26 四  白班热线席  林涛 -> 马超
|11-26 四  白班森防席  许静 -> 宋伟
|11-26 四  夜班主班  孙丽 -> 刘洋
|11-26 四  夜班副班  马超 -> 林涛
|11-26 四  夜班应急备勤  高峰 -> 梁红
|11-26 四  夜班防火席  宋伟 -> 许静
| 本机构没有要到期的。                                                数据 02:41
| Enter save  Space enough  F what stays  Tab changes, ledger Esc返回 :命令 ?帮助
keys Tab
screen
| 值班台 天宁区社会治理联动指挥中心   值班员 李敏                     周日 02:41
| 1当班 2事件 3时限 4Roster 8待传 9吹哨                      *在线 待传0 1.2K/分
| Building 2026-11  指挥中心  指挥中心值班表  ended
| Gaps 0   Spread: rotation 20, first 12, now 4   63 seats change
| Unfair: rotation 1658, first 762, now 312  bound 304 (2% above it)
| All but the fixed seats are built; F keeps what is filled.
|--------------------------------------------------------------------------------
|-- The ledger: - carried over, = this month ------------------------------------
|王建国    ===========           33.0  duties 10  nights 10
|周明      ===========           33.0  duties 10  nights 10
|吴凯      ===========           33.0  duties 10  nights 10
|赵刚      =============         38.0  duties 14  nights 6
|钱进      ============          36.0  duties 13  nights 6
|郑爽      ============          36.0  duties 13  nights 6
|沈立群    =============         37.0  duties 13  nights 7
|何平      =============         37.0  duties 13  nights 7
|李敏      =============         37.0  duties 13  nights 7
|孙丽      ============          36.0  duties 13  nights 6
|陈晓华    ============          36.0  duties 13  nights 6
|刘洋      =============         37.0  duties 13  nights 7
|欧阳建国  =============         38.0  duties 16  nights 2
|韩雪      =============         37.0  duties 16  nights 0
| 本机构没有要到期的。                                                数据 02:41
| Enter save  Space enough  F what stays  Tab changes, ledger Esc返回 :命令 ?帮助
keys Enter
rest
screen
| 值班台 天宁区社会治理联动指挥中心   值班员 李敏                     周日 02:41
| 1当班 2事件 3时限 4Roster 8待传 9吹哨                      *在线 待传1 1.2K/分
| 2026-11  指挥中心  指挥中心值班表                             510 of 510 seats
|               16一     17二     18三     19四     20五     21六     *22日
|白班 值班长    何平     钱进     沈立群   赵刚     沈立群   赵刚    >郑爽
|白班 主班      陈晓华   李敏     陈晓华   钱进     孙丽     刘洋     孙丽
|白班 总值班席  韩雪     欧阳建   韩雪     欧阳建   韩雪     欧阳建   韩雪
|白班 网格席    董洁     冯刚     董洁     冯刚     董洁     冯刚     董洁
|白班 城管席    曹阳     程亮     曹阳     程亮     曹阳     程亮     曹阳
|白班 劳监席    邓超     袁方     邓超     袁方     邓超     袁方     邓超
|白班 水利席    曾敏     傅强     曾敏     傅强     曾敏     傅强     曾敏
|白班 应急席    高峰     梁红     罗兰     高峰     梁红     罗兰     高峰
|白班 热线席    马超     林涛     胡静     马超     林涛     胡静     马超
|白班 市监席    吕梅     彭飞     吕梅     彭飞     吕梅     彭飞     吕梅
|白班 森防席    宋伟     许静     唐军     宋伟     许静     唐军     宋伟
|夜班 带班领导  王建国   周明     吴凯     王建国   周明     吴凯     吴凯
|夜班 值班长    赵刚     郑爽     何平     郑爽     何平     钱进     沈立群
|夜班 主班      刘洋     孙丽     刘洋     李敏     陈晓华   李敏     陈晓华
|夜班 副班      胡静     马超     林涛     胡静     马超     林涛     胡静
|--------------------------------------------------------------------------------
| 11-22 日  白班 值班长 08:30-17:30  郑爽  13861120023
|   月初编排  (赵刚 10-25 08:01)
| 本机构没有要到期的。                                                数据 02:41
|The month is set: done here, waits to be sent
