#pragma once

// POST /attachments, GET /attachments/{id}, …: files that hang on records.

#include "inbound/registration.h"
#include "jobs/attachments/attachments.h"

namespace linchpin::inbound {

// `attachments` lives as long as the routes.
void install_attachments_api(Registration& registration, attachments::Attachments& attachments);

}  // namespace linchpin::inbound
