/* address.h - whether an address on the network may be called by the program: what only
 * machines inside can reach (loopback, private, link-local and other special addresses)
 * must not be reached through it. */
#ifndef MACHINES_ADDRESS_H
#define MACHINES_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Only addresses of the open Internet: IPv4 and IPv6, and IPv4 in the forms IPv6 has
 * for it, but for those the IANA registries of special purpose addresses list (RFC
 * 6890). */
bool address_is_public(const struct sockaddr *address);

#endif
