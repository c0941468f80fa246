#include <config.h>

#include "judge_priv.h"
#include "mask_priv.h"

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static void count(struct service *service, const struct acts_job *data)
{
	static const enum metric metrics[] = {
		[VERDICT_APPLIED] = METRIC_ACTS_APPLIED,
		[VERDICT_MERGED] = METRIC_ACTS_MERGED,
		[VERDICT_REFUSED] = METRIC_ACTS_REFUSED,
		[VERDICT_RETRY] = METRIC_ACTS_RETRY,
	};

	for (size_t i = 0; i < ARRAY_LEN(metrics); i++)
		metric_add(service, metrics[i], data->verdicts[i]);
	metric_add(service, METRIC_ACTS_AGAIN, data->again);
}

static enum err acts_finish(struct call *call, struct job *job, struct error *err)
{
	const struct acts_job *data = job->data;
	struct answer_head head = call_head(call);
	enum err code = ERR_OK;

	if (job->code != ERR_OK)
		return job->code;
	count(call->service, data);
	if (data->stop == ERR_NEED) {
		call->need = data->need;
		return error_set(err, ERR_NEED, _("acts of this console from %lld on are missing"),
				 (long long)data->need);
	}
	if (data->stop == ERR_CLONED)
		return error_set(err, ERR_CLONED, "%s",
				 _("this console's files were copied or restored: it needs another "
				   "console id"));
	acts_answer_begin(&call->reply->body);
	for (size_t i = 0; i < data->n && code == ERR_OK; i++)
		code = gaze_answer(call, &data->session, data->answers[i].bytes,
				   data->answers[i].len, err);
	acts_answer_end(&call->reply->body, &head);
	return code;
}

enum err acts_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct acts_job));
	struct acts_job *data = job->data;
	enum err code = acts_ask_decode(call->request->body, call->request->body_len, &job->arena,
					&data->ask, err);

	if (code == ERR_OK && !uuid_eq(&data->ask.console, &call->session.console))
		code = error_set(err, ERR_DENIED, "%s",
				 _("the acts are another console's than the session"));
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->session = call->session;
	data->session.officer = arena_strdup(&job->arena, call->session.officer);
	data->session.org = arena_strdup(&job->arena, call->session.org);
	data->session.role = arena_strdup(&job->arena, call->session.role);
	data->answers = arena_array(&job->arena, data->ask.n + 1, sizeof *data->answers);
	job->weight = data->ask.n;
	job->write = acts_judge;
	job->finish = acts_finish;
	return call_submit(call, job, err);
}
