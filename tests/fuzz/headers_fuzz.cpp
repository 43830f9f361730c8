// What we read out of requests ourselves and write into replies ourselves: headers, cookies, paths.
//
// Claims: nothing that a client sends breaks a header of ours into two; what was encoded is decoded as it was; of two
// readers one believes no more than the other.
#include "api/wire.h"
#include "core/text.h"
#include "fuzz/property.h"
#include "server/http/forwarded.h"
#include "server/http/request_rules.h"
#include "services/route_match.h"

namespace tw::fuzz {
namespace {

void disposition(std::string_view file_name) {
  const std::string header = server::content_disposition(file_name);
  for (const char c : header) must(c >= 0x20 && c < 0x7f, "a header has printable signs only", file_name, header);
  constexpr std::string_view begin = "attachment; filename=\"";
  must(header.rfind(begin, 0) == 0, "a file is an attachment", header);
  const std::size_t quote = header.find('"', begin.size());
  const std::string plain = header.substr(begin.size(), quote - begin.size());
  must(!plain.empty() && plain[0] != '.' && plain.find_first_of("/\\%;") == std::string::npos,
       "the plain name leads nowhere", file_name, plain);
  constexpr std::string_view middle = "\"; filename*=UTF-8''";
  must(header.compare(quote, middle.size(), middle) == 0, "a quote in a name ends nothing", header);
  const std::string encoded = header.substr(quote + middle.size());
  must(encoded.find_first_of("\"; ,/\\'") == std::string::npos, "the encoded name ends nothing", encoded);
  if (text::is_utf8(file_name))
    must(services::percent_decoded(encoded) == std::string(file_name), "the encoded name is the name", encoded);
}

void paths(std::string_view text) {
  if (text::is_utf8(text)) {
    const std::string path = "/api/v1/people/" + api::percent_encoded(text) + "/active";
    const auto params = services::match_path("/api/v1/people/{person}/active", path);
    must(text.empty() || (params && params->size() == 1 && (*params)[0].second == text),
         "a path's parameter arrives as it was sent", text, path);
  }
  const auto decoded = services::percent_decoded(text);
  must(!decoded || text::is_utf8(*decoded), "what a path says is UTF-8", text);
  if (const auto params = services::match_path("/a/{b}/{c}", text))
    for (const auto& [name, value] : *params) must(text::is_utf8(value), "a parameter is UTF-8", name, value);
}

void cookies(std::string_view header) {
  const std::string value = server::cookie_value(header, "tidewater_session");
  must(value.empty() || header.find("tidewater_session=" + value) != std::string_view::npos,
       "a cookie's value stands behind its name", header, value);
  must(value.find(';') == std::string::npos, "a cookie ends at the semicolon", header, value);
  // Another site under the same name cannot put its own in front by a name that only resembles ours.
  must(server::cookie_value("x" + value + "tidewater_session=1", "tidewater_session") == "" || value.find(';') == 0,
       "a longer name is another cookie", value);
  const std::string mine(64, 'a');
  std::string harmless;
  for (const char c : header)
    if (c != '=') harmless += c;
  must(server::cookie_value(harmless + "; tidewater_session=" + mine, "tidewater_session") == mine,
       "cookies of others hide none of ours", harmless);
}

void rules(std::string_view one, std::string_view other) {
  if (server::is_request_id(one))
    must(!one.empty() && one.size() <= 64 && one.find_first_of(" \r\n\"\\{}<>;") == std::string_view::npos,
         "a request id is harmless in a log", one);
  const std::string with_tag = std::string(one) + ", \"tag\"";
  must(server::names_etag(with_tag, "\"tag\""), "a tag is found in any list", with_tag);
  must(!server::names_etag("\"a\", W/\"b\"", "\"c\""), "a tag that is not named is not found");
  must(server::accepts_gzip(std::string(other) + ", gzip") || server::accepts_gzip(other) == false,
       "gzip that is offered is seen", other);
  must(server::comes_from_another_site("", "https://other.example", "ours.example", false),
       "another site is another site");
  if (!other.empty() && other.find('/') == std::string_view::npos)
    must(!server::comes_from_another_site("", "http://" + std::string(other), other, false), "our own page is ours",
         other);
  if (!one.empty() && one != "same-origin" && one != "none")
    must(server::comes_from_another_site(one, "", other, false), "a browser's word about another site is believed",
         one);
}

void proxies(std::string_view one, std::string_view other) {
  const std::string proxy = "10.0.0.1";
  const std::string client = "192.0.2.7";
  const server::ProxyRules lists{server::read_ranges(proxy).value(), server::ProxyHeaders::x_forwarded};
  const server::ProxyRules standard{lists.trusted, server::ProxyHeaders::forwarded};
  const std::string word(one);
  const server::ForwardedWords all{word, std::string(other), word, word};
  must(server::origin_of({client, false, "x"}, all, lists).peer == client, "who is no proxy is not believed", one);
  const server::ForwardedWords appended{word + ", " + client, "", "", word + ", for=" + client};
  must(server::origin_of({proxy, false, "x"}, appended, lists).peer == client,
       "what our proxy added is what counts, whatever the client sent", one);
  const auto peer = server::origin_of({proxy, false, "x"}, appended, standard).peer;
  must(peer == client || peer == proxy, "a quote of the client's cannot take the proxy's word away", one, peer);
  for (const auto& rules : {lists, standard})
    must(server::Address::read(server::origin_of({proxy, false, "x"}, all, rules).peer).has_value(),
         "whoever asks has an address", one);
}

}  // namespace
}  // namespace tw::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tw::fuzz;
  const std::string_view text = text_of(data, size);
  const std::size_t line = text.find('\n');
  const std::string_view one = text.substr(0, line);
  const std::string_view other = line == std::string_view::npos ? std::string_view() : text.substr(line + 1);
  disposition(text);
  paths(text);
  cookies(text);
  rules(one, other);
  proxies(one, other);
  return 0;
}
