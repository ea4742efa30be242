#pragma once

// What each class of a customer's people cares about: the three layers, the departments that use,
// choose and pay, and the buyers. The workspace's own words, or those of the product.

#include "base/locale.h"
#include "records/records.h"

namespace linchpin::contacts {

// {"concerns":[{"class","text","id"}]} in the order of the classes; `id` of the record of
// `person_concern` that says it, null where it is the product's word.
Status write_concerns(JsonWriter& out, records::Records& records, const Texts& texts,
                      Language language);

}  // namespace linchpin::contacts
