# A PostgreSQL of a test's own, for scripts to source: in a folder of its own, as a user that is not
# root, on a socket there and a free port of loopback.  Nothing of an installed one is touched.
#
#	pg_find || skip "$pg_missing"	whether its programs are here
#	pg_start FOLDER [SETTING=VALUE …]	sets pg_url (…/zhiban, an empty data base), pg_port, pg_dir
#	pg_sql SQL [DATABASE]
#	pg_stop [MODE]			fast unless said; again: nothing.  pg_start FOLDER goes on with it

pg_missing='PostgreSQL is not installed: apt-get install postgresql'
pg_dir=
pg_port=

pg_find() {
	pg_bin=
	for dir in /usr/bin /usr/local/pgsql/bin /usr/lib/postgresql/*/bin; do # the last is taken
		if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && [ -x "$dir/psql" ]; then
			pg_bin=$dir
		fi
	done
	[ -n "$pg_bin" ] || return 1
	pg_user=
	[ "$(id -u)" -eq 0 ] || return 0
	for user in postgres nobody; do
		if id "$user" >/dev/null 2>&1; then
			pg_user=$user
			return 0
		fi
	done
	pg_missing='PostgreSQL does not run as root, and there is no user "nobody"'
	return 1
}

pg_as() {
	if [ -n "$pg_user" ]; then
		(cd "$pg_dir" && exec setpriv --reuid="$(id -u "$pg_user")" --regid="$(id -g "$pg_user")" \
			--clear-groups --inh-caps=-all "$@")
	else
		"$@"
	fi
}

pg_start() {
	pg_dir=$1
	shift
	if [ ! -d "$pg_dir/cluster" ]; then
		mkdir -p "$pg_dir" && chmod 700 "$pg_dir"
		[ -z "$pg_user" ] || chown "$(id -u "$pg_user"):$(id -g "$pg_user")" "$pg_dir"
		pg_as "$pg_bin/initdb" -D "$pg_dir/cluster" -U zhiban -A trust -E UTF8 --locale=C.UTF-8 \
			-N >"$pg_dir/initdb.log" 2>&1 || {
			sed 's/^/# /' "$pg_dir/initdb.log"
			return 1
		}
		pg_port=
	fi
	settings="-k $pg_dir -c shared_buffers=64MB -c max_connections=200"
	for setting in "$@"; do
		settings="$settings -c $setting"
	done
	tries=0
	while :; do
		[ -n "$pg_port" ] || pg_port=$((20000 + ($$ * 7 + tries * 131) % 30000))
		pg_as "$pg_bin/pg_ctl" -s -w -D "$pg_dir/cluster" -l "$pg_dir/log" \
			-o "$settings -p $pg_port -c listen_addresses=127.0.0.1" start \
			>"$pg_dir/start.log" 2>&1 && break
		tries=$((tries + 1))
		if [ "$tries" -eq 8 ]; then
			tail -n 5 "$pg_dir/log" "$pg_dir/start.log" | sed 's/^/# /'
			return 1
		fi
		pg_port= # taken, most likely
	done
	pg_url="postgresql:///zhiban?host=$pg_dir&port=$pg_port&user=zhiban"
	pg_sql "SELECT 1 FROM pg_database WHERE datname = 'zhiban'" postgres | grep -q 1 ||
		pg_sql 'CREATE DATABASE zhiban' postgres
}

pg_sql() {
	"$pg_bin/psql" -X -q -At -v ON_ERROR_STOP=1 -h "$pg_dir" -p "$pg_port" -U zhiban \
		-d "${2:-zhiban}" -c "$1"
}

pg_stop() {
	[ -n "$pg_dir" ] && [ -f "$pg_dir/cluster/postmaster.pid" ] || return 0
	pg_as "$pg_bin/pg_ctl" -s -w -D "$pg_dir/cluster" -m "${1:-fast}" stop >/dev/null 2>&1
}
