#include "inbound/job_text.h"

#include "base/json_writer.h"

namespace linchpin::inbound {

std::string job_text(const jobs::Job& job, const Texts& texts, Language language) {
  JsonWriter out;
  out.begin_object();
  out.key("id").id(job.id);
  out.key("kind").string(job.kind);
  out.key("state").string(jobs::state_name(job.state));
  out.key("progress").begin_object();
  out.key("done").integer(job.done).key("total").integer(job.total).end_object();
  if (job.state == jobs::JobState::done) out.key("result").raw(json::serialize(job.result));
  if (!job.problem.empty()) {
    const std::string key = "problem." + job.problem;
    out.key("problem").begin_object();
    out.key("code").string(job.problem);
    out.key("title").string(texts.text(language, key, job.problem_params));
    out.end_object();
  }
  out.key("created_by").id(job.created_by);
  out.key("created_at").instant(job.created_at);
  out.key("updated_at").instant(job.updated_at);
  out.end_object();
  return out.take();
}

}  // namespace linchpin::inbound
