#include "handover/install.h"

#include "handover/handover_api.h"

namespace linchpin::handover {

void install(inbound::Registration& registration) {
  install_handover_api(registration);
}

}  // namespace linchpin::handover
