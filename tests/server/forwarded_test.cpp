// Whose word counts for who asks: a table of what arrives, and what is believed of it.
#include "server/http/forwarded.h"

#include <gtest/gtest.h>

namespace tw::server {
namespace {

ProxyRules trusting(const std::string& ranges, ProxyHeaders headers = ProxyHeaders::x_forwarded) {
  return {read_ranges(ranges).value(), headers};
}

TEST(Addresses, are_what_they_mean_and_not_how_they_are_written) {
  const auto text = [](const char* written) { return Address::read(written).value_or(Address()).text(); };
  EXPECT_EQ(text("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(text("::ffff:192.0.2.1"), "192.0.2.1") << "who reaches a socket of both kinds";
  EXPECT_EQ(text("2001:DB8:0:0::1"), "2001:db8::1");
  EXPECT_EQ(text("fe80::1%eth0"), "fe80::1");
  for (const char* wrong :
       {"", "localhost", "192.0.2", "192.0.2.256", "192.0.2.1:80", "[::1]", "10.0.0.0/8", "1::2::3"})
    EXPECT_FALSE(Address::read(wrong)) << wrong;
}

TEST(Addresses, a_range_holds_what_begins_like_it) {
  const auto holds = [](const char* range, const char* address) {
    return AddressRange::read(range).value().holds(Address::read(address).value());
  };
  EXPECT_TRUE(holds("10.0.0.0/8", "10.255.1.2"));
  EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.200"));
  EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(holds("192.0.2.7", "::ffff:192.0.2.7"));
  EXPECT_FALSE(holds("192.0.2.7", "192.0.2.8"));
  EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
  EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1")) << "all of IPv4 is not all";
  EXPECT_TRUE(holds("::/0", "203.0.113.9"));
  for (const char* wrong : {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "2001:db8::/129", "proxy.example", ""})
    EXPECT_FALSE(AddressRange::read(wrong)) << wrong;
  EXPECT_FALSE(read_ranges("10.0.0.0/8,"));
  EXPECT_EQ(read_ranges(" 10.0.0.0/8 , ::1")->size(), 2u);
}

struct Case {
  const char* trusted;
  const char* connected;
  const char* for_whom;
  const char* peer;
};

TEST(Forwarded, the_caller_is_the_nearest_address_that_no_trusted_proxy_has) {
  const Case cases[] = {
      {"10.0.0.1", "192.0.2.9", "203.0.113.5", "192.0.2.9"},                 // nobody asked this one
      {"10.0.0.1", "10.0.0.1", "203.0.113.5", "203.0.113.5"},                //
      {"10.0.0.1", "10.0.0.1", "198.51.100.7, 203.0.113.5", "203.0.113.5"},  // the left one is the client's own word
      {"10.0.0.0/8", "10.0.0.1", "198.51.100.7, 203.0.113.5, 10.0.0.2", "203.0.113.5"},  // two proxies of ours
      {"10.0.0.1", "10.0.0.1", "203.0.113.5, 10.0.0.2", "10.0.0.2"},                     // only one of them is trusted
      {"10.0.0.0/8", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"},                      // a client among ours
      {"10.0.0.0/8", "10.0.0.1", "", "10.0.0.1"},                                        // the proxy itself asks
      {"10.0.0.0/8", "10.0.0.1", "203.0.113.5, unknown", "10.0.0.1"},                    // it does not say
      {"10.0.0.0/8", "10.0.0.1", "203.0.113.5, nonsense, 10.0.0.2", "10.0.0.2"},
      {"10.0.0.1", "10.0.0.1", "203.0.113.5:4711", "203.0.113.5"},
      {"::1", "::1", "2001:db8::7", "2001:db8::7"},
      {"::1", "::1", "[2001:db8::7]:4711", "2001:db8::7"},
      {"10.0.0.1", "::ffff:10.0.0.1", "203.0.113.5", "203.0.113.5"},
      {"2001:db8:1::/48", "2001:db8:1::5", "203.0.113.5", "203.0.113.5"},
      {"2001:db8:1::/48", "2001:db8:2::5", "203.0.113.5", "2001:db8:2::5"},
  };
  for (const auto& each : cases)
    EXPECT_EQ(origin_of({each.connected, false, "x"}, {each.for_whom, "", "", ""}, trusting(each.trusted)).peer,
              each.peer)
        << each.connected << " says " << each.for_whom << ", trusted: " << each.trusted;
}

TEST(Forwarded, scheme_and_host_are_believed_of_the_same_proxies) {
  const auto through = [](const char* connected, const char* for_whom, const char* scheme, const char* host) {
    return origin_of({connected, false, "127.0.0.1:8420"}, {for_whom, scheme, host, ""}, trusting("10.0.0.0/8"));
  };
  EXPECT_TRUE(through("10.0.0.1", "203.0.113.5", "https", "").secure);
  EXPECT_TRUE(through("10.0.0.1", "", "HTTPS", "").secure) << "a proxy that says nothing else";
  EXPECT_FALSE(through("10.0.0.1", "203.0.113.5", "http", "").secure);
  EXPECT_FALSE(through("192.0.2.1", "203.0.113.5", "https", "").secure) << "anybody may say so";
  EXPECT_FALSE(through("10.0.0.1", "203.0.113.5", "https, http", "").secure) << "the client's word is on the left";
  EXPECT_TRUE(through("10.0.0.1", "203.0.113.5, 10.0.0.2", "https, http", "").secure) << "TLS ends at the outer proxy";
  EXPECT_EQ(through("10.0.0.1", "203.0.113.5", "https", "crm.example").host, "crm.example");
  EXPECT_EQ(through("10.0.0.1", "203.0.113.5", "https", "").host, "127.0.0.1:8420");
  EXPECT_EQ(through("192.0.2.1", "203.0.113.5", "https", "evil.example").host, "127.0.0.1:8420");
  EXPECT_TRUE(origin_of({"192.0.2.1", true, "x"}, {}, trusting("10.0.0.0/8")).secure) << "TLS of our own";
}

TEST(Forwarded, the_other_kind_of_header_is_never_looked_at) {
  const ForwardedWords words{"203.0.113.5", "https", "", "for=198.51.100.7;proto=http"};
  const auto theirs = origin_of({"10.0.0.1", false, "x"}, words, trusting("10.0.0.1"));
  EXPECT_EQ(theirs.peer, "203.0.113.5");
  EXPECT_TRUE(theirs.secure);
  const auto standard = origin_of({"10.0.0.1", false, "x"}, words, trusting("10.0.0.1", ProxyHeaders::forwarded));
  EXPECT_EQ(standard.peer, "198.51.100.7");
  EXPECT_FALSE(standard.secure);
}

TEST(Forwarded, the_standard_header_is_read_with_its_quotes) {
  const auto read = [](const char* forwarded) {
    return origin_of({"10.0.0.1", false, "x"}, {"", "", "", forwarded},
                     trusting("10.0.0.0/8", ProxyHeaders::forwarded));
  };
  const auto quoted = read(R"(For="[2001:db8:cafe::17]:4711";Proto=https;by=203.0.113.60;host="crm.example:8443")");
  EXPECT_EQ(quoted.peer, "2001:db8:cafe::17");
  EXPECT_TRUE(quoted.secure);
  EXPECT_EQ(quoted.host, "crm.example:8443");
  EXPECT_EQ(read("for=198.51.100.7, for=203.0.113.5").peer, "203.0.113.5");
  EXPECT_EQ(read("for=198.51.100.7;proto=https, for=10.0.0.2;proto=http").peer, "198.51.100.7");
  EXPECT_TRUE(read("for=198.51.100.7;proto=https, for=10.0.0.2;proto=http").secure);
  EXPECT_EQ(read(R"(for="a, for=203.0.113.5")").peer, "10.0.0.1") << "a comma in quotes ends nothing";
  EXPECT_EQ(read(R"(for=198.51.100.7;x=", for=203.0.113.5)").peer, "10.0.0.1") << "an open quote swallows nothing";
  EXPECT_EQ(read("for=_hidden").peer, "10.0.0.1");
  EXPECT_EQ(read("").peer, "10.0.0.1");
  EXPECT_EQ(read(";;,=,\"").peer, "10.0.0.1");
}

}  // namespace
}  // namespace tw::server
