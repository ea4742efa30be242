// The bodies of Asio and Beast, compiled once.

#include "inbound/http/asio_types.h"

#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
