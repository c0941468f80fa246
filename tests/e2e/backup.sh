#!/bin/sh
# Backups of a server that runs and of one that does not, and the way back: nothing half, nothing
# destroyed, a sentence for whatever is in the way.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

# sum_of DIR: names and sums of what is in it.
sum_of() {
	(cd "$1" && find . -type f ! -name lock ! -name '*-shm' ! -name '*-wal' -exec sha256sum {} + |
		sort)
}

rule 'a backup while serving, with acts coming in'
serve d
enroll a d Wang
register 'before the backup' phone=13800002222
before=$id
mkdir busy
(
	cd busy || exit
	for i in 1 2 3 4 5 6 7 8; do
		z 0 do note "$before" "note=busy $i"
	done
) &
writer=$!
d 0 backup d b
says 'KB, with settings, key and certificate'
same 'mode' "$(stat -c %a b)" 600
same 'nothing beside it' "$(ls -d b.* 2>/dev/null)" ''
wait "$writer"
d 0 verify b
says 'The journal is whole'

rule 'a file that is there is not lost unless it is said'
cp b kept
d 1 backup d b
says 'is there already' '--replace'
cmp -s b kept || offend 'the backup was overwritten'
d 0 backup d b --replace
d 1 backup d nowhere/b
says 'nowhere'
d 1 backup d d
says 'is there already'

rule 'a running server is not restored over'
d 1 restore b d
says 'a server is running there; stop it'

rule 'a restore checks, moves aside what was there, and gives a new epoch'
register 'after the backup'
after=$id
z 0 status --json
epoch=$(json epoch)
stop
old=$(sum_of d)
d 0 restore b d
says 'the journal is whole' 'before-restore-[0-9]' 'zhiband serve d' 'new epoch'
aside=$(ls -d d/before-restore-*)
same 'what was there' "$(sum_of "$aside")" "$(printf '%s\n' "$old" | grep -v ' ./url$')"
same 'modes' "$(stat -c %a d/data.db d/server.key d/zhiband.conf "$aside" | sort -u | tr '\n' ' ')" \
	'600 700 '
d 0 verify d
d 0 verify "$aside"

rule 'the console goes on with the restored server, key and address'
serve d "$(at_same_address)"
z 0 sync
z 0 status --json
[ "$(json epoch)" != "$epoch" ] || offend 'the epoch is the old one'
z 0 show "$before"
says 'before the backup'

rule 'what was done after the backup comes back, and the console goes on'
z 0 sync --wait 60
z 0 show "$after"
says 'after the backup'
register 'after the restore'
z 0 status --json
same 'waiting' "$(json pending)" 0
same 'refused' "$(json refused)" 0

rule 'onto another machine: a folder that is not there'
stop
d 0 restore b fresh
says 'Restored fresh'
says_not 'What was there before'
for file in data.db zhiband.conf server.key server.crt; do
	[ -f "fresh/$file" ] || offend "fresh/$file is missing"
	same "mode of $file" "$(stat -c %a "fresh/$file")" 600
done
same 'mode' "$(stat -c %a fresh)" 700
serve fresh
stop
d 0 verify fresh
mkdir empty
d 0 restore b empty
d 0 verify empty

rule 'restored twice: both are kept'
d 0 restore b d
d 0 restore b d
same 'folders aside' "$(find d -maxdepth 1 -name 'before-restore-*' | wc -l)" 3
for dir in d/before-restore-*; do
	d 0 verify "$dir"
done

rule 'key and certificate from elsewhere come into the folder'
mkdir keys
cp d/server.key keys/k.pem
cp d/server.crt keys/c.pem
printf '# of the district\nkey = "%s/keys/k.pem"\ncert = "%s/keys/c.pem"\nlisten = "127.0.0.1:0"\n' \
	"$tmp" "$tmp" >d/zhiband.conf
d 0 backup d elsewhere
rm -r keys
d 0 restore elsewhere moved
grep -q '^# of the district' moved/zhiband.conf || offend 'the settings were made anew'
serve moved
stop

rule 'what is no backup, cut off or damaged changes nothing'
head -c 50000 b >cut
cp b bad
printf X | dd of=bad bs=1 seek=70000 conv=notrunc 2>/dev/null
printf 'hello' >hello
state=$(sum_of d)
for file in cut hello d/data.db nothing d bad; do
	d 1 restore "$file" d
	d 1 restore "$file" other
done
d 1 restore bad d
says 'is damaged'
d 1 verify bad
same 'the folder' "$(sum_of d)" "$state"
[ ! -e other ] || offend "a failed restore left $(ls -A other)"
d 1 restore cut d
says 'is no backup of zhiban, or it was cut off'

rule 'a folder of other things is left alone'
mkdir things
echo mine >things/letter
d 1 restore b things
says 'is not empty, and is no data folder'
same 'things' "$(ls -A things)" letter

rule 'a disk that is full: a sentence, and no half file'
(
	trap '' XFSZ
	ulimit -f 100
	LC_ALL=$english "$zhiband" backup d full >out 2>err
	echo $? >rc
	LC_ALL=$english "$zhiband" restore b small >>out 2>>err
	echo $? >>rc
)
same 'exit status' "$(tr '\n' ' ' <rc)" '1 1 '
[ ! -e full ] || offend 'half a backup is there'
[ -z "$(ls -d full* 2>/dev/null)" ] || offend "it left $(ls -d full*)"
[ ! -e small ] || offend 'half a folder is there'

rule 'killed at any moment: whole or not there'
# --foreground: waits until it is dead; else the lock may outlive the command a little
for wait in 0.002 0.004 0.006 0.008 0.01 0.012 0.015 0.02 0.03 0.05; do
	timeout --foreground -s KILL "$wait" "$zhiband" backup d k >/dev/null 2>&1
	[ ! -e k ] || { d 0 verify k; rm k; }
	timeout --foreground -s KILL "$wait" "$zhiband" restore b r >/dev/null 2>&1
	[ ! -e r/zhiband.conf ] || { d 0 verify r; }
	d 0 restore b r
	d 0 verify r
	rm -r r k.?????? 2>/dev/null
done

verify_clean d
finish
