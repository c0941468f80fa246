/* Preloaded into a program: its clock is wrong by ZHIBAN_CLOCK seconds, or by as many as the file
 * ZHIBAN_CLOCK_FILE says at each look.  Waiting is not touched. */
#include <config.h>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long long wrong_by(void)
{
	const char *by = getenv("ZHIBAN_CLOCK"), *path = getenv("ZHIBAN_CLOCK_FILE");
	char text[32] = "";
	ssize_t n = 0;
	int fd;

	if (path == NULL)
		return by != NULL ? strtoll(by, NULL, 10) : 0;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, text, sizeof text - 1);
		close(fd);
	}
	return n > 0 ? strtoll(text, NULL, 10) : 0;
}

int clock_gettime(clockid_t id, struct timespec *ts)
{
	int rc = (int)syscall(SYS_clock_gettime, id, ts);

	if (rc == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
		ts->tv_sec += wrong_by();
	return rc;
}

time_t time(time_t *ret)
{
	struct timespec ts = { 0, 0 };

	clock_gettime(CLOCK_REALTIME, &ts);
	if (ret != NULL)
		*ret = ts.tv_sec;
	return ts.tv_sec;
}

int gettimeofday(struct timeval *tv, void *zone)
{
	struct timespec ts = { 0, 0 };

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &ts);
	tv->tv_sec = ts.tv_sec;
	tv->tv_usec = ts.tv_nsec / 1000;
	return 0;
}
