/* A small profile that uses every key, on a base: two tiers, shares, clocks of all kinds, modes,
 * overrides, a duty list, overlays, dated organisations.  One option a line, so that a test can name
 * the line of what it makes wrong. */
#ifndef PROFILE_FULL_H
#define PROFILE_FULL_H

static const char full_base[] =
	"hours = \"09:00-17:00\"\n"						/* 1 */
	"night = \"18:00-06:00\"\n"
	"other_category = \"99\"\n"
	"marks = {\"60\", \"100\"}\n"
	"quiet = \"22:00-07:00\"\n"						/* 5 */
	"reopen_days = 7 lock_at_most = 45m alarm_urgency = \"urgent\" "
	"alarm_red = \"flash\" alarms = {\"new\", \"red\"} alarm_louder = \"5m\" alarm_check = \"1h\" "
	"alarm_deputy = {\"值班长\", \"leader\"} holds_personal = \"shares\" "
	"reveals = 5 reveals_in = \"8h\" retention = {\"personal 30d\", \"answers -\"} "
	"reveal_why \"callback\" { label = \"回访\" }\n"
	"tier \"district\" { label = \"区\" }\n"
	"tier \"street\" { label = \"街\" }\n"
	"tier \"grid\" { label = \"格\" }\n"
	"role \"eye\" { label = \"审计\" sees = \"all\" read_only = true totp = true "
	"manage = \"audit\" } role \"duty\" { label = \"值班员\" }\n"				/* 10 */
	"role \"chief\" { label = \"值班长\" }\n"
	"role \"leader\" { label = \"领导\" }\n"
	"source \"12345\" { label = \"热线\" }\n"
	"category \"01\" { label = \"市容\" }\n"
	"category \"0101\" { label = \"垃圾\" }\n"				/* 15 */
	"category \"99\" { label = \"其他\" }\n"
	"urgency \"flash\" { label = \"特急\" }\n"
	"urgency \"urgent\" { label = \"急\" }\n"
	"urgency \"plain\" { label = \"平\" }\n"
	"severity \"minor\" { label = \"一般\" }\n"				/* 20 */
	"severity \"major\" { label = \"较大\" }\n"
	"type \"event\" { label = \"事件\" }\n"
	"mode \"peace\" { label = \"平时\" }\n"
	"mode \"war\" { label = \"战时\" emergency = true limits = {\"sign 50%\", \"arrive 5m\", \"accept 5m\"} }\n"
	"act \"note\" { label = \"备注\" }\n"					/* 25 */
	"act \"close\" { label = \"办结\" }\n"
	"always {\n"
	"	act \"note\" { closed = true }\n"
	"	act \"urge\" { who = \"seat\" }"
	"	clock \"receipt\" { label = \"回执\" timeouts = {\"100 urge\"} }"
	"	clock \"review\" { label = \"复核\" timeouts = {\"100 urge\"} }\n"
	"}\n"									/* 30 */
	"summons \"whistle\" { label = \"底哨\" letter = \"B\" blowers = {\"grid\"} role = \"duty\"\n"
	"	class \"base\" { label = \"底\" } }\n"
	"summons \"order\" { label = \"响应令\" letter = \"O\" blowers = {\"centre\"} role = \"duty\"\n"
	"	class \"base\" { label = \"底\" } }\n";				/* 34 */

static const char full_conf[] =
	"name = \"full\"\n"							/* 1 */
	"title = \"全\"\n"
	"brief = \"全\"\n"
	"base = \"base.conf\"\n"
	"centre = \"c\"\n"							/* 5 */
	"orgs = \"orgs.csv\"\n"
	"duties = \"duties.csv\"\n"
	"countersign = \"1wd\"\n"
	"targets = {\"80\", \"80\", \"4\"}\n"
	"quiet_urgency = \"urgent\"\n"						/* 10 */
	"days_off = {\"2026-08-03 本地调休\"}\n"
	"days_on = {\"2026-08-08\"}\n"
	"hours_set \"window\" { spans = \"09:00-12:00,13:30-17:00\" }\n"
	"calendar_set \"fair\" { off = {\"2026-07-05..2026-07-07 节\"} work = {\"2026-07-12\"} }\n"
	"type \"event\" { label = \"事件\" }\n"				/* 15 */
	"type \"dispute\" { label = \"纠纷\" }\n"
	"object \"0101\" { label = \"井盖\" }\n"
	"object_state \"in_order\" { label = \"在序\" }\n"
	"out \"110\" { label = \"110\" words = {\"报警\"} }\n"
	"start \"1\" { tier = \"street\" type = \"dispute\" step = \"window\" }\n" /* 20 */
	"start \"2\" { tier = \"street\" step = \"s_handle\" }\n"
	"start \"3\" { step = \"share\" }\n"
	"always {\n"
	"	act \"urge\" { who = \"centre\" }\n"
	"	act \"call\" { }"
	"	clock \"receipt\" { label = \"收条\" timeouts = {\"100 urge\", \"150 list\"} }\n" /* 25 */
	"}\n"
	"act \"close\" { label = \"结案\" }\n"
	"step \"window\" {\n"
	"	label = \"窗口\"\n"
	"	waiting = \"待接\"\n"						/* 30 */
	"	tier = \"street\"\n"
	"	response = 0\n"
	"	act \"register\" { guards = {\"type_is dispute\"} }\n"
	"	act \"handle\" { who = \"origin\" to = \"s_closed\" set = {\"severity=major\", \"hard=yes\"} }\n"
	"	act \"accept\" { who = \"seat\" to = \"s_handle\" set = {\"response=1\"} }\n" /* 35 */
	"}\n"
	"step \"s_handle\" {\n"
	"	label = \"街办\"\n"
	"	waiting = \"街办理\"\n"
	"	tier = \"street\"\n"						/* 40 */
	"	act \"escalate\" {\n"
	"		label = \"启动\"\n"
	"		who = \"seat_or_holder\"\n"
	"		to = \"share\"\n"
	"		stay = \"s_wait\"\n"					/* 45 */
	"		back = \"s_feedback\"\n"
	"		guards = {\"reason_given\"}\n"
	"	}\n"
	"	act \"handle\" { who = \"holder\" to = \"s_feedback\" }\n"
	"	clock \"handle\" {\n"						/* 50 */
	"		label = \"街处\"\n"
	"		who = \"seat\"\n"
	"		limits = {\n"
	"			\"mode=war 5m\",\n"
	"			\"org=s flash 2h\",\n"				/* 55 */
	"			\"type=dispute 30d\",\n"
	"			\"severity>=major 4h\",\n"
	"			\"category=01 1h\",\n"
	"			\"night urgent 1h\",\n"
	"			\"5wd\"\n"					/* 60 */
	"		}\n"
	"		calendar = \"fair\"\n"
	"		hours = \"window\"\n"
	"		timeouts = {\"75 urge\", \"100 propose\", \"150 list\", \"100 offer\"}\n"
	"		extensions = {\"5wd chief\", \"leader\"}\n"		/* 65 */
	"	}\n"
	"}\n"
	"step \"s_wait\" { label = \"等\" waiting = \"待上级\" tier = \"street\" }\n"
	"step \"s_feedback\" {\n"
	"	label = \"街反馈\"\n"						/* 70 */
	"	waiting = \"待反馈\"\n"
	"	tier = \"street\"\n"
	"	act \"close\" { who = \"seat\" to = \"s_closed\" guards = {\"no_level_below\"} }\n"
	"}\n"
	"step \"s_closed\" { label = \"街结\" waiting = \"街已结\" tier = \"street\" open = false }\n" /* 75 */
	"step \"share\" {\n"
	"	label = \"分办\"\n"
	"	waiting = \"分办中\"\n"
	"	tier = \"district\"\n"
	"	shares = true\n"						/* 80 */
	"	response = 2\n"
	"	act \"assign\" { who = \"centre\" }\n"
	"	act \"sign\" { who = \"share\" }\n"
	"	act \"contact\" { who = \"share\" }\n"
	"	act \"handle\" { who = \"share\" to = \"check\" }\n"		/* 85 */
	"	act \"return\" { who = \"seat\" to = \"below again\" back = \"check\" }\n"
	"	clock \"sign\" {\n"
	"		label = \"签收\"\n"
	"		who = \"share\"\n"
	"		limits = {\"flash 10m\", \"1h\"}\n"			/* 90 */
	"		stops = {\"sign\"}\n"
	"	}\n"
	"	clock \"contact\" {\n"
	"		label = \"联系\"\n"
	"		who = \"share\"\n"					/* 95 */
	"		limits = {\"2h\"}\n"
	"		starts = {\"sign\"}\n"
	"		stops = {\"contact\"}\n"
	"		side = true\n"
	"	}\n"								/* 100 */
	"}\n"
	"step \"check\" {\n"
	"	label = \"核\"\n"
	"	waiting = \"待核\"\n"
	"	tier = \"district\"\n"						/* 105 */
	"	act \"feedback\" { who = \"centre\" to = \"below\" back = \"closed\" }\n"
	"	act \"urge\" { who = \"below\" }\n"
	"	clock \"check\" { label = \"核\" who = \"centre\" limits = {\"-\"} }\n"
	"}\n"
	"step \"closed\" { label = \"结\" waiting = \"已结\" tier = \"district\" open = false }\n" /* 110 */
	"override \"s\" {\n"
	"	categories = {\"0101\", \"99\"}\n"
	"	act \"assign\" { label = \"派单\" }\n"
	"	step \"s_handle\" { label = \"镇办\" }\n"
	"	checks = {\"日巡查 daily 21:00\", \"周排查 weekly 7 21:00\", \"月 检查 monthly -1 17:00\"}\n" /* 115 */
	"	reports = \"四级\"\n"
	"}\n"
	"channel \"yellow\" { label = \"黄牌\" role = \"leader\" answer = \"5wd\" points = 5 rank = 2 }\n"
	"receipt \"red\" { label = \"红\" limit = \"10m\" }\n"
	"open311 {\n"								/* 120 */
	"	jurisdiction = \"full.example\"\n"
	"	contact = \"ask us\"\n"
	"	key_service = \"by letter\"\n"
	"	endpoint = \"https://full.example/open311/v2\"\n"
	"	show = {\"12345\"}\n"						/* 125 */
	"	text = true\n"
	"	address = \"full\"\n"
	"	position = true\n"
	"	notes = true\n"
	"	agency = false\n"						/* 130 */
	"	expected = \"sign\"\n"
	"	rate = 7\n"
	"	offer = \"listed\"\n"
	"	service \"0101\" {\n"
	"		description = \"垃圾成堆\"\n"				/* 135 */
	"		keywords = {\"a\", \"b\"}\n"
	"		type = \"batch\"\n"
	"		notice = \"马上\"\n"
	"		attribute \"k\" {\n"
	"			description = \"哪种\"\n"				/* 140 */
	"			type = \"singlevaluelist\"\n"
	"			required = true\n"
	"			hint = \"选一\"\n"
	"			values = {\"x=甲\", \"y=乙=丙\"}\n"
	"		}\n"							/* 145 */
	"		attribute \"say\" { description = \"看\" type = \"text\" variable = false }\n"
	"	}\n"
	"}\n"
	"areas = {\"320402 甲区\", \"320400 甲市\"}\n"
	"warning_source = \"12345\"\n"					/* 150 */
	"warning \"rain\" {\n"
	"	levels = {\"red\", \"orange\"}\n"
	"	events = {\"暴雨\"}\n"
	"	messages = {\"alert\"}\n"
	"	statuses = {\"exercise\"}\n"				/* 155 */
	"	area = \"any\"\n"
	"	makes = \"incident\"\n"
	"	category = \"0101\"\n"
	"	urgency = \"urgent\"\n"
	"}\n"								/* 160 */
	"warning \"else\" { makes = \"notice\" class = \"red\" to = {\"area\", \"tier street\", \"s\"} }\n"
	"template \"lamp\" { label = \"灯\" ask = \"几盏\" title = \"__灯坏\" category = \"0101\"\n"
	"	urgency = \"urgent\" }\n"
	"template \"no\" { label = \"退\" act = \"return\" reason = \"不归__\" }\n" /* 164 */
	"channel \"sheet\" {\n"						/* 165 */
	"	label = \"督办\" role = \"chief\"\n"
	"	sign = \"1wd\"\n"
	"	paper = \"督办单\" office = \"督查办\" text = \"限期答复\" copies = {\"甲\", \"乙\"}\n"
	"}\n"
	"summons \"whistle\" {\n"						/* 170 */
	"	label = \"吹哨\"\n"
	"	noun = \"哨件\"\n"
	"	paper = \"吹哨单\"\n"
	"	letter = \"X\"\n"
	"	blowers = {\"street\", \"centre\"}\n"			/* 175 */
	"	role = \"duty\"\n"
	"	calls = {\"street\", \"grid\"}\n"
	"	checked = true\n"
	"	confirmed = false\n"
	"	coded = true\n"							/* 180 */
	"	judged = true\n"
	"	alone = false\n"
	"	listed = true\n"
	"	again = 2\n"
	"	ground \"overlap\" { label = \"交叉\" words = {\"职责交叉\"} }\n" /* 185 */
	"	ground \"several\" { label = \"协同\" }\n"
	"	class \"minor\" {\n"
	"		label = \"一般\"\n"
	"		approver = \"chief\"\n"
	"		approver_words = \"主任\"\n"				/* 190 */
	"		come = \"科长\"\n"
	"		limits = {\n"
	"			\"approve 1d\", \"check 240wm\", \"sign 1h\", \"contact 24h\", \"arrive 2wd\",\n"
	"			\"report_in 3wd\",\n"
	"			\"handle 7wd\", \"feedback -\", \"verify 1wd\", \"rate 2wd\", \"judge 3d\"\n" /* 195 */
	"		}\n"
	"		bounds = \"2wd..5wd\"\n"
	"		extensions = {\"5wd chief\", \"leader\"}\n"
	"	}\n"
	"	class \"serious\" { label = \"重大\" limits = {\"settle 1h\"} }\n" /* 200 */
	"	act \"blow\" { label = \"响哨\" }\n"
	"	act \"close\" { label = \"销哨\" }\n"
	"	step \"issued\" { label = \"已下达\" }\n"
	"	clock \"report_in\" { label = \"报到\" timeouts = {\"75 urge\", \"150 list\"} }\n"
	"	clock \"handle\" { label = \"办\" }\n"				/* 205 */
	"}\n"
	"summons \"direct\" { label = \"直通\" letter = \"Z\" blowers = {\"street\"} role = \"duty\"\n"
	"	class \"straight\" { label = \"直\" } }\n";			/* 208 */

static const char full_orgs[] =
	"code,name,brief,tier,parent,phone,managed,begins,ends,successor,layer,over,contact\n"
	"c,中心,,district,,1,yes,,,,,,\n"
	"s,一街,,street,c,,yes,,,,,,王\n"
	"t,二街,,street,c,,yes,,2026-11-01,s u,,,\n"
	"u,三街,,street,c,,no,2026-11-01,,,,,\n"				/* 5 */
	"g,一格,,grid,s,,yes,,,,,,\n"
	"h,二格,,grid,u,,yes,,,,,,\n"
	"p,警格,,grid,s,,yes,,,,police,g h,赵\n";

static const char full_duties[] = "line,category,area,unit,role,basis,version\n"
				  "1,0101,s,u,lead,条例,2026\n"
				  "1,0101,s,c,assist,,2026\n"
				  "2,99,,c,lead,,2026\n";

#endif
