#!/bin/sh
# A league: an incident from a grid through its banner's loop with three departments, one that crosses
# banners, a dispute at one window, and the mode.
profile=xingan
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

wu=152201        # 乌兰浩特市: its centre
zj=152201zj      # departments of the banner
cg=152201cg
hj=152201hj      # has no console until late
grid=152201001001001

rule 'a server of the league; consoles of a grid, a banner, its departments, the league, a window'
serve srv
enroll centre srv 王岗
enroll second srv 陈雨
enroll boss srv 宝音 zhongxin leader
enroll worker srv 萨仁 $grid street
enroll banner srv 巴图 $wu duty
enroll chief srv 乌云 $wu chief
enroll roads srv 赵强 $zj dept
enroll city srv 周城 $cg dept
enroll window srv 韩梅 tiaochu duty
enroll court srv 白雪 meng_sf dept

rule 'as many organisations as the league has'
me=centre
# orgs TIER N: so many of a tier
orgs() {
	z 0 list orgs --filter "tier:$1" --format csv --columns code
	same "$1" "$(($(wc -l <out) - 1))" "$2"
}
orgs 盟 1
orgs 科室 6
orgs 盟直单位 58
orgs 旗县市 6
orgs 调处中心 7
orgs 苏木乡镇街道 90
orgs 嘎查村社区 1120
orgs 网格 4580

# --- the banner's loop -----------------------------------------------------------------------------

rule 'found by a grid worker: his banner runs it, his is the clock'
found worker 乌兰街供热管道破裂，路面塌陷 category=0401 urgency=urgent source=grid \
	street=152201001 community=152201001001 grid=$grid address=乌兰街18号 reporter=王丽 phone=13904820000
stands step=found tier=banner seat=$wu origin=$grid response=
clock_is report $grid 15m

rule 'the departments see nothing yet; who is not the seat does not take it in'
refused worker 4 '' assign holder=$zj

rule 'reported upwards, taken in, found complex'
act worker escalate --reason 管网不归社区管
stands step=accept response=1
clock_is accept $wu 30m
clock_ended report
act banner accept
act banner fix type=complex urgency=plain
stands step=assign case_type=complex

rule 'sent out to three departments: each has its own clocks'
refused banner 4 '' assign holder=152223401 # a prison: run by others
act banner assign holder=$zj assist=$cg assist=$hj
stands step=handle holder=$zj
for org in $zj $cg $hj; do
	clock_is sign $org 240wm
	clock_is handle $org 15wd
done

rule 'two sign; the third is on the telephone, and owes a countersignature'
act roads sign
act city sign
act banner sign share=$hj --by-phone "org=$hj,rung=环保局值班,answered=高娃,wording=收到马上去"
clock_ended sign
stands step=handle owed=1
clock_is countersign $hj 1wd
listed owed yes

rule 'an extension: asked by one, not granted by a duty officer, granted by his chief'
act roads extend_ask extend_by=5wd share=$zj --reason 管件未到货
refused banner 4 '值班长' extend_ok
act banner extend_ok --by-phone 'role=chief,rung=乌云,wording=同意'
clock_is handle $zj 15wd
case $clock in *'"extended":"5wd"'*) ;; *) offend "not extended: $clock" ;; esac

rule 'it goes on only when all three have reported'
act roads handle result=管道已更换，路面已回填
act city handle result=围挡已拆除
stands step=handle
refused banner 4 '' verify_ok share=$zj
act banner handle share=$hj result=无异味 --by-phone "org=$hj,rung=高娃,answered=高娃,wording=测了没有异味"
stands step=verify owed=3
clock_is countersign $wu 1wd
clock_is verify $wu 2wd

rule 'who handled does not verify; one department goes back alone'
refused roads 4 '网格' verify_ok share=$hj
act worker verify_ok share=$zj # a grid worker has looked
stands step=verify
act banner verify_no share=$cg --reason 围挡仍在人行道
stands step=handle
clock_is handle $cg 15wd
look
grep '"kind":"handle"' page | grep -v '"stopped_at":' >running
same 'only its clock runs' "$(wc -l <running)" 1
refused roads 4 '' handle share=$zj result=x
act city handle result=围挡已清走
stands step=verify
act banner verify_ok share=$cg
stands step=verify
act chief verify_ok share=$hj
stands step=close
clock_is close $wu 3wd

rule 'closed only when nobody waits for a call'
act banner call_later call_at=+40m whom=王丽 note=说结果
refused banner 4 '王丽' close close_reason=已修复
act banner call rung=王丽 answered=王丽 gist=暖气热了
act banner callback note=满意 satisfaction=满意
act banner close close_reason=已修复
stands step=done open=
act banner rate satisfaction=满意
act banner archive
stands step=archived

rule 'the department that was on the telephone signs for what was done in its name'
enroll air srv 高娃 $hj dept
act air countersign
stands owed=1
refused banner 5 '' countersign
act chief countersign
stands owed=
clock_ended countersign
same 'acts' "$(verbs)" 'register escalate accept fix assign sign sign sign extend_ask extend_ok handle handle handle verify_ok verify_no handle verify_ok verify_ok call_later call callback close rate archive countersign countersign '
told ' 上报 萨仁' ' 统一受理 巴图' ' 核实不通过 巴图.*乌市执法' # as the acts are called in their steps
timeline '兴安盟: 旗县六步'

rule 'on the spot: found and finished by the grid'
found worker 井盖移位已复位 category=0202 source=grid street=152201001 address=乌兰街20号
act worker handle result=已复位
stands step=done response=

# --- callers, other places, clocks that stand still -----------------------------------------------------

# handled ORG: the share of that department, as it would be by telephone
handled() {
	act banner sign "share=$1" --by-phone "org=$1,rung=值班员,wording=收到"
	act banner handle "share=$1" result=已恢复 --by-phone "org=$1,rung=值班员,wording=好了"
	act chief verify_ok "share=$1"
}

rule 'two callers, one case: the second is answered with the first'
found banner 都林街整片停暖 category=0401 urgency=urgent street=152201006 address=都林街 source=hotline
lead=$id
found banner 都林街家里没有暖气 category=0401 street=152201006 address=都林街3号 source=hotline
child=$id
act banner merge "lead=$lead" --reason 同一片
stands step=merged open=
listed merged yes
id=$lead
stands merged=1
act banner accept
act banner assign holder=$zj
handled $zj
refused banner 4 '' close close_reason=已恢复
act banner feedback reply=换热站已修好
id=$child
stands step=merged
told '换热站已修好'
id=$lead
act banner close close_reason=已恢复
stands step=done

rule 'opened again within its days: it goes out once more'
act banner reopen --reason 又停了
stands step=assign open=1 closed_at=

rule 'the clocks stand still while the caller is away; on the shelf for the leader alone'
act banner assign holder=$zj
act banner sign share=$zj --by-phone "org=$zj,rung=值班员,wording=收到"
clock_is handle $zj 24h
due() {
	echo "$clock" | sed -n 's/.*"due":\([0-9]*\).*/\1/p'
}
before=$(due)
act banner pause until=+2d --reason 等配件
clock_is handle $zj 24h
[ "$(due)" -gt "$before" ] || offend "the due is still $(due)"
listed paused yes
act banner resume
refused banner 4 '带班领导' shelve review_at=+30d --reason 管网改造
act banner shelve review_at=+30d --reason 管网改造 --by-phone 'role=leader,rung=宝音,wording=同意挂账'
listed shelved yes
clock_is handle $zj 24h
same 'due on the shelf' "$(due)" ''
act banner unshelve --reason 改造完成
listed shelved no

rule 'to the fire brigade: with number and name, ours until its outcome is told'
found banner 草原起火点 category=1402 urgency=flash street=152201011 address=乌兰哈达
act banner transfer_out out_to=119 out_no=F-20261122-7 out_name=接警员12 --reason 火情
stands step=out out_to=119 out_no=F-20261122-7
clock_is outcome $wu 1h
act banner outcome result=19时40分扑灭，无伤亡
stands step=close
act banner close close_reason=已扑灭

# --- across banners ------------------------------------------------------------------------------------

rule 'what crosses banners goes up to the league; the banner waits, and gets it back to close'
found banner 归流河上游污水下泄，两旗交界 category=0602 urgency=urgent street=152201001 address=归流河大桥
act banner accept
act banner escalate --reason 跨旗县
stands step=l_accept tier=league seat=zhongxin response=2 holder=
refused banner 5 '' accept
told '旗县市.*待盟级'
act centre accept
act centre assign holder=meng_sl assist=meng_hj
stands step=l_handle
clock_is handle meng_sl 24h
for org in meng_sl meng_hj; do
	act centre sign share=$org --by-phone "org=$org,rung=值班员,wording=收到"
	act centre handle share=$org result=已封堵 --by-phone "org=$org,rung=值班员,wording=封好了"
done
stands step=l_verify owed=4
refused centre 4 '王岗' verify_ok share=meng_sl # he wrote it down for them
act second verify_ok share=meng_sl
act second verify_ok share=meng_hj
stands step=l_close
refused centre 4 '' close close_reason=已封堵
act centre feedback reply=两处排口已封堵
stands step=close tier=banner seat=$wu
act banner close close_reason=已封堵
stands step=done
told ' 提请盟级指挥 巴图' ' 反馈旗县 王岗'
timeline '兴安盟: 跨旗县'

rule 'the league may send it back: the banner does it itself'
found banner 两旗客运争议 category=0703 street=152201001 address=客运站
act banner escalate --reason 涉及两旗
act centre return --reason 属地线路
stands step=wait seat=$wu tier=banner
act banner assign holder=152201jt
stands step=handle

# --- one window ---------------------------------------------------------------------------------------

rule 'a dispute at one window: back offices, consultation, mediation, agreement, visits'
found window 草场界线纠纷 category=1303 type=dispute source=window address=归流河镇 reporter=布和
stands step=w_receive seat=tiaochu tier=mediation
act window accept
clock_is screen tiaochu 1h
act window assign holder=meng_sf assist=meng_lc
stands step=w_back
clock_is mediate tiaochu 30d
clock_is opinion meng_sf 5wd
act court sign
act court handle result=承包合同有效
act window sign share=meng_lc --by-phone 'org=meng_lc,rung=值班员,wording=收到'
act window handle share=meng_lc result=图纸已核对 --by-phone 'org=meng_lc,rung=值班员,wording=图纸没问题'
stands step=w_meet
act window accept note=会商意见：按图确界
stands step=w_mediate
clock_is session tiaochu 7wd
clock_is mediate tiaochu 30d
act window progress note=第1场：双方到场，未达成
act window extend_ask extend_by=20d --reason 接羔季节
refused window 4 '' extend_ok
act window extend_ok --by-phone 'role=chief,rung=值班长,wording=同意'
act window progress note=第2场：双方同意按图确界
act window handle result=按图确界
act window feedback reply=调解协议2026第12号，双方已签字
clock_ended mediate
stands step=w_visit
clock_is visit7 tiaochu 7d
clock_is visit30 tiaochu 30d
refused window 4 '达成协议' close close_reason=没事了
act window callback note=已立界桩 satisfaction=满意
clock_ended visit7
act window close close_reason=达成协议：调解协议2026第12号
stands step=w_done
told ' 接待登记 韩梅' ' 提出意见 白雪' ' 会商定案 韩梅' ' 签订协议 韩梅'
timeline '兴安盟: 一窗受理'

# --- the mode --------------------------------------------------------------------------------------------

rule 'the mode: by the leader, or his word; new clocks are shorter, running ones stand'
found banner 洮儿河水位上涨 category=1401 urgency=flash street=152201001 address=滨河路
act banner accept
me=centre
z 5 do mode mode=war2 --reason 暴雨红色预警 --wait 60
z 0 do mode mode=war2 --reason 暴雨红色预警 --by-phone 'role=leader,rung=宝音,wording=启动' --wait 60
act banner assign holder=152201yj
clock_is sign 152201yj 5m
refused banner 4 '' pause until=+2h --reason 等水退
act banner scene trapped=3 moved=12 water_cm=60
stands trapped=3 moved=12 water_cm=60
me=boss
z 0 sync
z 4 do mode mode=peace --reason 水退 --wait 60
z 0 do mode mode=peace --reason 水退 summary=转移12人无伤亡 --wait 60

stop
verify_clean srv
finish
