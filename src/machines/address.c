#include "machines/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct block4 {
    uint32_t first;
    int bits;
};

static const struct block4 special4[] = {
    {0x00000000, 8},  /* 0.0.0.0/8        this network */
    {0x0a000000, 8},  /* 10.0.0.0/8       private */
    {0x64400000, 10}, /* 100.64.0.0/10    shared by providers */
    {0x7f000000, 8},  /* 127.0.0.0/8      loopback */
    {0xa9fe0000, 16}, /* 169.254.0.0/16   link-local, cloud metadata */
    {0xac100000, 12}, /* 172.16.0.0/12    private */
    {0xc0000000, 24}, /* 192.0.0.0/24     protocol assignments */
    {0xc0000200, 24}, /* 192.0.2.0/24     documentation */
    {0xc0586300, 24}, /* 192.88.99.0/24   6to4 relays */
    {0xc0a80000, 16}, /* 192.168.0.0/16   private */
    {0xc6120000, 15}, /* 198.18.0.0/15    benchmarks */
    {0xc6336400, 24}, /* 198.51.100.0/24  documentation */
    {0xcb007100, 24}, /* 203.0.113.0/24   documentation */
    {0xe0000000, 4},  /* 224.0.0.0/4      multicast */
    {0xf0000000, 4},  /* 240.0.0.0/4      reserved, broadcast */
};

static bool is_public4(uint32_t host)
{
    for (size_t i = 0; i < sizeof special4 / sizeof special4[0]; i++)
        if ((host ^ special4[i].first) >> (32 - special4[i].bits) == 0)
            return false;
    return true;
}

static uint32_t word(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Only 2000::/3 is given out, and some of it is special again. */
static bool is_public6(const unsigned char *bytes)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    static const unsigned char translated[12] = {0x00, 0x64, 0xff, 0x9b};
    uint32_t first = word(bytes);

    if (memcmp(bytes, mapped, sizeof mapped) == 0 ||
        memcmp(bytes, translated, sizeof translated) == 0)
        return is_public4(word(bytes + 12));
    if (first >> 16 == 0x2002) /* 6to4 holds an IPv4 address */
        return is_public4(word(bytes + 2));
    if (bytes[0] >> 5 != 1)
        return false;
    return first >> 9 != 0x20010000 >> 9 && /* 2001::/23 protocols, Teredo */
           first != 0x20010db8 &&           /* documentation */
           first >> 12 != 0x3fff0000 >> 12; /* documentation */
}

bool address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return is_public4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return is_public6(in.sin6_addr.s6_addr);
    }
    return false;
}
