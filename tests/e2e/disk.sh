#!/bin/sh
# A full disk, a read-only one, a clock in another century: the real programs say what to do, lose
# nothing, and go on by themselves when it is mended.  Disks of a few megabytes are mounted in a name
# space of this test's own.
if [ -z "$ZHIBAN_DISK_SPACE" ]; then
	for how in -m -rm; do # -m, as root: then another user can be tried, too
		unshare "$how" sh -c 'mount -t tmpfs -o size=1m none /mnt' 2>/dev/null || continue
		ZHIBAN_DISK_SPACE=1
		export ZHIBAN_DISK_SPACE
		exec unshare "$how" sh "$0" "$@"
	done
	echo '1..0 # SKIP no small disk can be mounted here (unshare -rm)'
	exit 0
fi
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
pty=$bld/tests/tools/pty
disks=

unmount() {
	for disk in $disks; do
		umount -l "$disk" 2>/dev/null
	done
	clean_up
}
trap unmount EXIT

# disk NAME SIZE: a disk of its own under that name.
disk() {
	mkdir "$1" && mount -t tmpfs -o "size=$2" none "$1" || { offend "no disk $1"; finish; }
	disks="$disks $tmp/$1"
}

# fill DIR: not a byte is left there.
fill() {
	dd if=/dev/zero of="$1/filler" bs=64k 2>/dev/null
	dd if=/dev/zero of="$1/filler2" bs=512 2>/dev/null
}

# room DIR: as before.
room() {
	rm -f "$1/filler" "$1/filler2"
}

# plays CONSOLE: the console in a terminal, by the script on standard input.
plays() {
	if ! env LC_ALL=C.UTF-8 XDG_CONFIG_HOME="$tmp/$1" XDG_DATA_HOME="$tmp/$1" \
		XDG_STATE_HOME="$tmp/$1" "$pty" -- "$zhiban" >play.out 2>&1; then
		offend "the console in a terminal"
		sed 's/^/# | /' play.out
	fi
}

# notes TEXT: how many notes of these words stand on the page of $first.
notes() {
	z 0 show "$first"
	grep -c -e "$1" out
}

rule 'a server, and a console whose disk is its own'
serve srv
disk a 4m
enroll a srv 王岗
register 磁盘满前的事件
first=$id

rule 'full: an act that cannot be saved is said so: 1'
fill a
z 1 do note "$first" note=盘满时的话
says 'NOT SAVED' 'no space is left on the disk: make room'
z 1 do register title=盘满时的事件
says 'NOT SAVED' 'no space is left on the disk: make room'

rule 'full: reading goes on, and the doctor says what it is'
z 0 list incidents
says '磁盘满前的事件'
z 0 show "$first"
z 0 outbox
z 0 conflicts
z 0 doctor
says '!!  data folder' 'no space is left .* make room'

rule 'full: what comes cannot be kept: not in step, and why: 3'
z 3 sync --wait 2
says 'no space is left on the disk: make room'

rule 'room again: nothing is left of what was not saved, and acts go out'
room a
z 0 do note "$first" note=腾出空间后的话 --wait 60
says 'applied'
same 'notes that were not saved' "$(notes 盘满时的话)" 0
same 'notes that were' "$(notes 腾出空间后的话)" 1
z 0 status --json
same 'pending' "$(json pending)" 0

rule 'full without a cache: said, and made when there is room'
rm -f a/zhiban/default/cache.db*
fill a
z 1 list incidents
says 'no space is left on the disk: make room'
room a
z 0 sync --wait 60
z 0 list incidents
says '磁盘满前的事件'

rule 'in a terminal: the form keeps its words, the line tells of the disk, and all goes on by itself'
export tmp first zhiban
plays a <<'END'
wait 60 *在线
wait 20 磁盘满前的事件
run 20 dd if=/dev/zero of=$tmp/a/filler bs=64k 2>/dev/null; dd if=/dev/zero of=$tmp/a/filler2 bs=512 2>/dev/null; true
send n
wait 5 备注
send 表单里的话
send <F10>
wait 30 未保存
wait 5 磁盘已满
wait 5 表单里的话
run 5 rm -f $tmp/a/filler $tmp/a/filler2
send <F10>
wait 30 已记下
wait 60 待传0
send Q
exit 10 0
END
same 'once' "$(notes 表单里的话)" 1

rule 'in a terminal: news that cannot be kept are told as trouble of the disk, and come when there is room'
enroll b srv 李岗
me=a
plays a <<'END'
wait 60 *在线
run 20 dd if=/dev/zero of=$tmp/a/filler bs=64k 2>/dev/null; dd if=/dev/zero of=$tmp/a/filler2 bs=512 2>/dev/null; true
run 60 XDG_CONFIG_HOME=$tmp/b XDG_DATA_HOME=$tmp/b XDG_STATE_HOME=$tmp/b LC_ALL=C.UTF-8 $zhiban do register title=盘满时别处登记的事件 --wait 30 >$tmp/b.out
wait 60 !磁盘故障
send :link\r
wait 5 磁盘已满
send q
run 5 rm -f $tmp/a/filler $tmp/a/filler2
wait 60 盘满时别处登记的事件
wait 60 *在线
send Q
exit 10 0
END

rule 'read-only: reading goes on, acts are refused in words: 5'
mount -o remount,ro a
z 0 list incidents
says '磁盘满前的事件'
z 0 show "$first"
z 5 do note "$first" note=只读时的话
says 'NOT SAVED' 'read-only'
z 5 sync --wait 2
says 'Read-only file system'
z 0 doctor
says '!!  data folder' 'Read-only'
mount -o remount,rw a
z 0 do note "$first" note=又可写 --wait 60
if command -v sqlite3 >/dev/null; then # without a log beside it, nothing can be made there
	sqlite3 a/zhiban/default/cache.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	rm -f a/zhiban/default/cache.db-wal a/zhiban/default/cache.db-shm
	mount -o remount,ro a
	z 0 list incidents
	says '磁盘满前的事件'
	mount -o remount,rw a
fi
same 'notes' "$(notes 只读时的话)" 0

rule 'the folder is another user'\''s: said, not shown as empty: 5'
if setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null; then
	chmod 755 "$tmp" a a/zhiban
	chmod 644 a/zhiban/zhiban.conf
	other="setpriv --reuid=65534 --regid=65534 --clear-groups"
	for mode in 700 755; do
		chmod "$mode" a/zhiban/default
		run XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" \
			$other timeout "$limit" "$zhiban" list incidents
		judge 5 'another user: zhiban list'
		says "Permission denied|it cannot be written"
	done
	chmod 700 a/zhiban/default
else
	skip 'the folder is another user'\''s' 'no other user can be tried here'
fi

rule 'the server'\''s disk is full: acts are kept on the console and admitted once when there is room'
stop
disk s 8m
cp srv/* s/ 2>/dev/null
serve s "$(at_same_address)"
me=a
z 0 sync --wait 60
fill s
z 3 do note "$first" note=服务器盘满时的话 --wait 2
says "no space is left for the server's data: make room"
z 0 status
says 'waiting +1 acts'
d 0 verify s
d 1 code s --officer 赵岗
says "no space is left for the server's data: make room"
d 1 backup s s/copy.zip
says 'no space is left for a backup'
[ ! -e s/copy.zip ] || offend 'half a backup lies there'
printf 'title,source,number\n导入的事件,12345,A1\n' >f.csv
d 1 import s f.csv
says "no space is left for the server's data: make room"
room s
z 0 sync --wait 90
same 'once' "$(notes 服务器盘满时的话)" 1
z 0 status --json
same 'pending' "$(json pending)" 0
d 0 import s f.csv
says 'imported 1'
d 0 import s f.csv
says 'already there 1'
gone "$server" && offend 'the server ended'

rule 'the server'\''s disk is read-only: said, and it goes on when it is not'
stop
mount -o remount,ro s
d 5 serve s
says 'Read-only file system'
d 5 import s f.csv
says 'Read-only file system'
mount -o remount,rw s

rule 'a server that could not be made whole is made when there is room'
disk t 300k
d 1 init t/srv --profile tianning
says 'no space is left|No space left'
mount -o remount,size=4m t
d 0 init t/srv --profile tianning
d 0 verify t/srv

serve s "$(at_same_address)"
verify_clean s
finish
