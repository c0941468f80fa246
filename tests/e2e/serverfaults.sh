#!/bin/sh
# A server that says something else than before, and files that are not what they were: copied
# consoles, sessions that are over, officers who change, a restore from a backup, a damaged cache.
# Every time: in step again without anybody's help where that can be, and each act there once.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
command -v sqlite3 >/dev/null || skip_all 'sqlite3 is not installed'

# data ME: the folder of that console.
data() {
	printf '%s\n' "$tmp/$1/zhiban/default"
}

# sql FILE TEXT: on a closed file.
sql() {
	sqlite3 "$1" "$2" || offend "sqlite3 $1: $2"
}

# once WORDS...: each note stands on the page of $id exactly once, as $me sees it.
once() {
	z 0 show "$id"
	for words in "$@"; do
		same "$me: the note $words" "$(grep -c -e "备注 .*$words\$" out)" 1
	done
}

# settled: nothing waits and nothing was refused on the console $me.
settled() {
	z 0 status --json
	same "$me: pending" "$(json pending)" 0
	same "$me: refused" "$(json refused)" 0
}

pending() {
	z 0 status --json
	json pending
}

console_id() {
	sql "$(data "$1")/outbox.db" "SELECT value FROM meta WHERE key = 'console'"
}

rule 'a server and a console'
serve srv
enroll a srv 王岗
register 服务器故障时的事件
first=$id

# --- copies ----------------------------------------------------------------------------------------

rule 'a copied console: both go on, each act is there once'
stop
z 0 do note "$id" note=复制之前所记
cp -r a b
z 0 do note "$id" note=原件所记一
z 0 do note "$id" note=原件所记二
me=b
z 0 do note "$id" note=副本所记
serve srv "$(at_same_address)"
me=a
z 0 sync
me=b
z 0 sync
says 'files were copied or restored'
settled
once 复制之前所记 原件所记一 原件所记二 副本所记
[ "$(console_id a)" != "$(console_id b)" ] || offend 'the copy has the id of the original still'
me=a
z 0 do note "$id" note=原件再记 --wait 60
says '^applied'
me=b
z 0 do note "$id" note=副本再记 --wait 60
says '^applied'
for me in a b; do
	z 0 sync
	settled
	once 复制之前所记 原件所记一 原件所记二 副本所记 原件再记 副本再记
done

rule 'a copy that has nothing to send learns it from the session'
me=a
cp -r a c
z 0 do note "$id" note=副本睡时所记 --wait 60
me=c
z 0 sync
[ "$(console_id a)" != "$(console_id c)" ] || offend 'the copy has the id of the original still'
z 0 do note "$id" note=醒来所记 --wait 60
once 副本睡时所记 醒来所记
me=a
z 0 sync
once 副本睡时所记 醒来所记

rule 'files put back to what they were: the acts since are not taken for others'
cp -r a old
z 0 do note "$id" note=回退前所记 --wait 60
rm -r a
mv old a
z 0 do note "$id" note=回退后所记
z 0 sync
settled
once 回退前所记 回退后所记

rule 'a copy with acts of another officer: he is named, his acts wait for him'
enroll spare srv 李敏
me=a
z 0 sync
cp -r a twin
for i in 1 2 3; do
	z 0 do note "$id" note=原件第$i条 --wait 60
done
me=twin
stop
z 0 do note "$id" note=王岗的话
z 0 logout
sql "$(data twin)/outbox.db" "UPDATE author SET token = '' WHERE officer = '王岗'"
serve srv "$(at_same_address)"
z 0 login --officer 李敏 --pin-file pin
z 0 do note "$id" note=李敏的话
z 3 sync --wait 20
says 'copied or restored.*log in again: 王岗' '王岗 must log in' '1 of others wait'
same 'pending' "$(pending)" 2
z 0 login --officer 王岗 --pin-file pin
z 0 sync
settled
once 王岗的话 李敏的话 原件第1条 原件第3条
me=a

# --- sessions --------------------------------------------------------------------------------------

rule 'a session that is not known any more: 5, the queue is kept; after logging in it goes'
z 0 sync
stop
z 0 do note "$id" note=会话失效前
sql srv/data.db 'DELETE FROM token'
serve srv "$(at_same_address)"
z 0 do note "$id" note=会话失效后
z 5 sync --wait 20
says 'login'
same 'pending' "$(pending)" 2
z 0 do note "$id" note=仍可记下
z 0 login --officer 王岗 --pin-file pin
z 0 sync
settled
once 会话失效前 会话失效后 仍可记下

rule 'logged out with acts unsent, another officer comes: both are sent, each under his name'
stop
z 0 do note "$id" note=交班人所记
z 0 logout
serve srv "$(at_same_address)"
z 0 login --officer 李敏 --pin-file pin
stop
z 0 do note "$id" note=接班人所记
serve srv "$(at_same_address)"
z 0 sync
settled
once 交班人所记 接班人所记
z 0 show "$id" --format json
tr '{' '\n' <out | grep 交班人所记 >line
grep -q 王岗 line || tr '}' '\n' <out | grep 交班人所记 | grep -q 王岗 ||
	offend "the note of who left is not his"

rule 'who left must log in first: it is said, the others wait behind him, nothing is lost'
stop
z 0 do note "$id" note=先走者所记
z 0 logout
serve srv "$(at_same_address)"
z 0 login --officer 王岗 --pin-file pin
stop
sql "$(data a)/outbox.db" "UPDATE author SET token = '$(printf '0%.0s' $(seq 64))' WHERE officer = '李敏'"
z 0 do note "$id" note=后来者所记
serve srv "$(at_same_address)"
z 3 sync --wait 20
says '李敏 must log in' '1 of others wait'
same 'pending' "$(pending)" 2
z 0 list incidents
z 0 login --officer 李敏 --pin-file pin
z 0 sync
settled
once 先走者所记 后来者所记
z 0 login --officer 王岗 --pin-file pin
me=b
z 0 login --officer 王岗 --pin-file pin

# --- restore ---------------------------------------------------------------------------------------

rule 'restored from a backup: acts since then are sent again by themselves, each once'
me=a
z 0 sync
d 0 backup srv saved
z 0 do note "$id" note=备份后所记一 --wait 60
z 0 do note "$id" note=备份后所记二 --wait 60
register 备份后登记的事件
second=$id
z 0 do accept "$second" --wait 60
me=b
z 0 do note "$first" note=另一台备份后所记 --wait 60
me=a
z 0 sync
settled
stop
z 0 do note "$first" note=停机时所记
d 0 restore saved srv
serve srv "$(at_same_address)"
z 0 sync
settled
me=b
z 0 sync
settled
me=a
z 0 sync
for me in a b; do
	id=$first
	once 备份后所记一 备份后所记二 另一台备份后所记 停机时所记
	z 0 show "$second"
	says '备份后登记的事件'
	z 0 list incidents --filter step:交办 --format jsonl
	grep -q 备份后登记的事件 out || offend "$me: the incident is not accepted: $(cat out)"
done

rule 'and once more, while the console is away'
me=a
z 0 sync
d 0 backup srv saved --replace
z 0 do note "$id" note=第二次备份后所记 --wait 60
stop
d 0 restore saved srv
serve srv "$(at_same_address)"
z 0 sync
settled
once 第二次备份后所记 备份后所记一 停机时所记

rule 'restored to before the console was enrolled: enrolled again, all it did since is sent'
d 0 backup srv early
enroll late srv 周勤
z 0 do note "$first" note=迟来者所记一 --wait 60
register 迟来者登记的事件
late=$id
z 0 do note "$late" note=迟来者所记二 --wait 60
stop
z 0 do note "$late" note=迟来者所记三
d 0 restore early srv
serve srv "$(at_same_address)"
z 5 sync --wait 20
z 5 login --pin-file pin
enroll late srv 周勤
settled
id=$first
once 迟来者所记一
id=$late
once 迟来者所记二 迟来者所记三
me=a
id=$first
z 0 sync
once 迟来者所记一

rule 'another server in its place gets nothing of what the one before has'
"$zhiband" init strange --profile tianning --listen 127.0.0.1:0 >/dev/null
stop
address=$(at_same_address)
cp -r late moved
serve strange "$address"
enroll moved strange 周勤
settled
z 0 list incidents --format jsonl
same 'incidents' "$(wc -l <out)" 0
stop
serve srv "$address"
me=a

# --- the cache -------------------------------------------------------------------------------------

rule 'a cache of another version is made anew'
z 0 list incidents --format jsonl
sort out >before
sql "$(data a)/cache.db" 'PRAGMA user_version = 7'
z 0 sync
z 0 do note "$id" note=缓存换代后所记 --wait 60
z 0 list incidents --format jsonl
same 'rows' "$(wc -l <out)" "$(wc -l <before)"

rule 'rows that are gone, changed or too many are found and put right'
for title in 缓存一 缓存二 缓存三; do
	register "$title"
done
z 0 sync
z 0 list incidents --format jsonl
sort out >before
sql "$(data a)/cache.db" "DELETE FROM incident WHERE title = '缓存三';
	UPDATE incident SET version = version + 3, title = '改坏的' WHERE title = '缓存二';
	INSERT INTO incident (id, version, seq, rank_a, rank_b, title, open) VALUES
		(x'01900000000070008000000000000001', 1, 1, 1, 1, '多余的', 1)"
z 0 sync
z 0 list incidents
says '改坏的'
z 0 cache check
says 'compares'
: >trace
z 0 sync
says '1 missing, 1 different, 1 too many'
! grep -q 'GET /v1/snapshot' trace || offend 'everything was fetched anew'
z 0 list incidents --format jsonl
sort out >after
cmp -s before after || offend "the list differs: $(diff before after | head -5)"
z 0 list incidents
says_not '改坏的' '多余的'
says '缓存二' '缓存三'

rule 'a cache that is no database is made anew'
printf 'not a database at all, but long enough to look at, all the same\n%.0s' $(seq 200) \
	>"$(data a)/cache.db"
rm -f "$(data a)/cache.db-wal" "$(data a)/cache.db-shm"
z 0 sync
z 0 list incidents --format jsonl
sort out >after
cmp -s before after || offend "the list differs: $(diff before after | head -5)"

# --- too far behind --------------------------------------------------------------------------------

rule 'too far behind: everything is taken anew, what was done is kept and sent'
me=b
z 0 sync
stop
z 0 do note "$first" note=落后时所记
printf 'snapshot_after = 5\n' >>srv/zhiband.conf
serve srv "$(at_same_address)"
me=a
for i in 1 2 3 4 5 6 7 8; do
	z 0 do note "$first" note=追赶$i号
done
z 0 sync
me=b
: >trace
z 0 sync
grep -q 'GET /v1/feed.* 410' trace || offend "it was not too far behind: $(grep feed trace)"
settled
id=$first
once 落后时所记 追赶1号 追赶8号

stop
verify_clean srv
finish
