#include "server/http/request_rules.h"

#include <gtest/gtest.h>

#include "server/http/web_site.h"

namespace tw::server {
namespace {

TEST(RequestRules, what_comes_from_another_site) {
  EXPECT_FALSE(comes_from_another_site("", "", "crm.example:8420", false)) << "programs send neither";
  EXPECT_FALSE(comes_from_another_site("same-origin", "", "crm.example", false));
  EXPECT_FALSE(comes_from_another_site("none", "", "crm.example", false)) << "typed into the address bar";
  EXPECT_FALSE(comes_from_another_site("", "http://CRM.example:8420", "crm.example:8420", false));
  EXPECT_TRUE(comes_from_another_site("cross-site", "http://crm.example", "crm.example", false));
  EXPECT_TRUE(comes_from_another_site("same-site", "", "crm.example", false));
  EXPECT_TRUE(comes_from_another_site("", "http://crm.example:81", "crm.example", false));
  EXPECT_TRUE(comes_from_another_site("", "http://crm.example.evil", "crm.example", false));
  EXPECT_TRUE(comes_from_another_site("", "null", "crm.example", false));
}

TEST(RequestRules, a_page_without_tls_is_another_site_to_one_with_it) {
  EXPECT_FALSE(comes_from_another_site("", "https://crm.example", "crm.example", true));
  EXPECT_TRUE(comes_from_another_site("", "http://crm.example", "crm.example", true));
  EXPECT_FALSE(comes_from_another_site("", "https://crm.example", "crm.example", false))
      << "a proxy that does not say that it speaks TLS";
  EXPECT_FALSE(comes_from_another_site("", "https://crm.example", "crm.example:443", true));
  EXPECT_FALSE(comes_from_another_site("", "http://crm.example", "crm.example:80", false));
  EXPECT_TRUE(comes_from_another_site("", "https://crm.example", "crm.example:80", true));
}

TEST(RequestRules, a_cookie_is_found_by_its_whole_name) {
  EXPECT_EQ(cookie_value("a=1; session=abc; b=2", "session"), "abc");
  EXPECT_EQ(cookie_value("xsession=no;session=yes", "session"), "yes");
  EXPECT_EQ(cookie_value("a=1;\t session=abc \t; b=2", "session"), "abc");
  EXPECT_EQ(cookie_value("session=\u3000", "session"), "\u3000") << "only blanks and tabs stand around a pair";
  EXPECT_EQ(cookie_value("\u3000session=abc", "session"), "");
  EXPECT_EQ(cookie_value("session", "session"), "");
  EXPECT_EQ(cookie_value("", "session"), "");
}

TEST(RequestRules, gzip_is_accepted_unless_its_quality_is_zero) {
  EXPECT_TRUE(accepts_gzip("gzip, deflate, br"));
  EXPECT_TRUE(accepts_gzip("br;q=1.0, GZIP;q=0.8"));
  EXPECT_TRUE(accepts_gzip("*"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0"));
  EXPECT_FALSE(accepts_gzip("br"));
  EXPECT_FALSE(accepts_gzip(""));
}

TEST(RequestRules, an_etag_is_named_also_in_a_list_and_weakly) {
  EXPECT_TRUE(names_etag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(names_etag("*", "\"b\""));
  EXPECT_FALSE(names_etag("\"ab\"", "\"b\""));
  EXPECT_FALSE(names_etag("", "\"b\""));
}

TEST(RequestRules, a_file_name_cannot_leave_its_header) {
  EXPECT_EQ(content_disposition("a.csv"), "attachment; filename=\"a.csv\"; filename*=UTF-8''a.csv");
  EXPECT_EQ(content_disposition("x\"\r\nSet-Cookie: a"),
            "attachment; filename=\"xSet-Cookiea\"; filename*=UTF-8''x%22%0D%0ASet-Cookie%3A%20a");
  EXPECT_EQ(content_disposition("客.csv"), "attachment; filename=\"file.csv\"; filename*=UTF-8''%E5%AE%A2.csv");
}

class WebSiteTest : public ::testing::Test {
 protected:
  static std::span<const unsigned char> bytes(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
  }
  const std::vector<WebFile> files = {
      {"/", "index.html", "text/html; charset=utf-8", "\"1\"", bytes("<page>"), bytes("zip"), false},
      {"/client.abc.js", "client.js", "text/javascript", "\"2\"", bytes("script"), {}, true}};
  WebSite site{files};
};

TEST_F(WebSiteTest, an_address_that_a_browser_navigates_to_gets_the_page) {
  EXPECT_EQ(site.get({"/batches/12", "text/html,*/*", "", ""}).etag, "\"1\"");
  EXPECT_EQ(site.get({"/", "text/html", "", ""}).status, 200);
  EXPECT_EQ(site.get({"/batches/12", "application/json", "", ""}).status, 404);
  EXPECT_EQ(site.get({"/old.js", "text/html,*/*", "", ""}).status, 404) << "a script never arrives as HTML";
}

TEST_F(WebSiteTest, the_page_is_asked_for_again_and_its_files_never) {
  EXPECT_EQ(site.get({"/", "text/html", "", ""}).cache_control, "no-cache");
  EXPECT_EQ(site.get({"/client.abc.js", "*/*", "", ""}).cache_control, "public, max-age=31536000, immutable");
}

TEST_F(WebSiteTest, gzip_is_sent_where_there_is_one_and_it_is_accepted) {
  EXPECT_TRUE(site.get({"/", "", "gzip", ""}).gzip);
  EXPECT_FALSE(site.get({"/", "", "br", ""}).gzip);
  EXPECT_FALSE(site.get({"/client.abc.js", "", "gzip", ""}).gzip);
}

TEST_F(WebSiteTest, what_the_browser_has_is_not_sent_again) {
  const auto reply = site.get({"/client.abc.js", "", "", "\"2\""});
  EXPECT_EQ(reply.status, 304);
  EXPECT_TRUE(reply.content.empty());
}

}  // namespace
}  // namespace tw::server
