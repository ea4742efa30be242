#pragma once

// A job as it is answered: {id, kind, state, progress, result?, problem?, …}.

#include <string>

#include "base/locale.h"
#include "jobs/jobs.h"

namespace linchpin::inbound {

std::string job_text(const jobs::Job& job, const Texts& texts, Language language);

}  // namespace linchpin::inbound
