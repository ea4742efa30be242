#include "tables/install.h"

#include "tables/forms_api.h"

namespace linchpin::tables {

void install(inbound::Registration& registration) {
  install_forms_api(registration);
}

}  // namespace linchpin::tables
