/* Preloaded into a program: its clock is wrong by ZHIBAN_CLOCK seconds.  Waiting is not touched. */
#include <config.h>

#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t id, struct timespec *ts)
{
	const char *by = getenv("ZHIBAN_CLOCK");
	int rc = (int)syscall(SYS_clock_gettime, id, ts);

	if (rc == 0 && by != NULL && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
		ts->tv_sec += strtoll(by, NULL, 10);
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
