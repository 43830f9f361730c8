#include "domain/imports/mapping.h"

#include <algorithm>

#include "core/text.h"

namespace tw::domain::imports {

namespace {

constexpr std::string_view fields[] = {"kind",  "name",    "contact",      "phone",         "email",
                                       "city",  "address", "source",       "owner",         "department",
                                       "score", "note",    "external_key", "do_not_contact"};

// A header, as it stands after `plain`, and the field that it names. Earlier rows win over later ones.
struct HeaderWord {
  std::string_view header;
  std::string_view field;
};
constexpr HeaderWord header_words[] = {
    {"externalkey", "external_key"},
    {"customerid", "external_key"},
    {"customerno", "external_key"},
    {"customernumber", "external_key"},
    {"customercode", "external_key"},
    {"clientid", "external_key"},
    {"id", "external_key"},
    {"code", "external_key"},
    {"客户编号", "external_key"},
    {"客户编码", "external_key"},
    {"客户代码", "external_key"},
    {"客户id", "external_key"},
    {"编号", "external_key"},
    {"编码", "external_key"},
    {"工号", "external_key"},
    {"name", "name"},
    {"customer", "name"},
    {"customername", "name"},
    {"client", "name"},
    {"clientname", "name"},
    {"company", "name"},
    {"companyname", "name"},
    {"fullname", "name"},
    {"客户名称", "name"},
    {"客户姓名", "name"},
    {"客户名", "name"},
    {"公司名称", "name"},
    {"公司", "name"},
    {"企业名称", "name"},
    {"单位名称", "name"},
    {"名称", "name"},
    {"姓名", "name"},
    {"客户", "name"},
    {"phone", "phone"},
    {"phonenumber", "phone"},
    {"mobile", "phone"},
    {"mobilephone", "phone"},
    {"cellphone", "phone"},
    {"telephone", "phone"},
    {"tel", "phone"},
    {"手机", "phone"},
    {"手机号", "phone"},
    {"手机号码", "phone"},
    {"电话", "phone"},
    {"电话号码", "phone"},
    {"联系电话", "phone"},
    {"联系方式", "phone"},
    {"contactnumber", "phone"},
    {"email", "email"},
    {"emailaddress", "email"},
    {"mail", "email"},
    {"邮箱", "email"},
    {"电子邮箱", "email"},
    {"电子邮件", "email"},
    {"邮件", "email"},
    {"contact", "contact"},
    {"contactperson", "contact"},
    {"contactname", "contact"},
    {"联系人", "contact"},
    {"联系人姓名", "contact"},
    {"city", "city"},
    {"town", "city"},
    {"城市", "city"},
    {"所在城市", "city"},
    {"地区", "city"},
    {"所在地", "city"},
    {"address", "address"},
    {"street", "address"},
    {"地址", "address"},
    {"详细地址", "address"},
    {"联系地址", "address"},
    {"公司地址", "address"},
    {"source", "source"},
    {"leadsource", "source"},
    {"channel", "source"},
    {"来源", "source"},
    {"客户来源", "source"},
    {"渠道", "source"},
    {"owner", "owner"},
    {"salesperson", "owner"},
    {"accountmanager", "owner"},
    {"负责人", "owner"},
    {"所有人", "owner"},
    {"业务员", "owner"},
    {"客户经理", "owner"},
    {"跟进人", "owner"},
    {"department", "department"},
    {"team", "department"},
    {"部门", "department"},
    {"所属部门", "department"},
    {"score", "score"},
    {"rating", "score"},
    {"评分", "score"},
    {"得分", "score"},
    {"分数", "score"},
    {"note", "note"},
    {"notes", "note"},
    {"remark", "note"},
    {"remarks", "note"},
    {"comment", "note"},
    {"comments", "note"},
    {"备注", "note"},
    {"说明", "note"},
    {"kind", "kind"},
    {"type", "kind"},
    {"customertype", "kind"},
    {"类型", "kind"},
    {"客户类型", "kind"},
    {"donotcontact", "do_not_contact"},
    {"勿扰", "do_not_contact"},
    {"勿打扰", "do_not_contact"},
    {"请勿联系", "do_not_contact"},
};

// Without case, spaces and signs, and without what stands in brackets: "Customer Name (required)" -> "customername".
std::string plain(std::string_view header) {
  std::string out;
  int depth = 0;
  const std::string folded = text::lower(header);
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = text::next_code_point(folded, at);
    if (c == '(' || c == '[') ++depth;
    const bool sign =
        c <= ' ' ||
        (c < 0x80 && std::string_view("_-.:*#/\\()[]\"'").find(static_cast<char>(c)) != std::string_view::npos) ||
        c == 0x3000 || c == 0xFEFF || c == 0x3010 || c == 0x3011;
    if (depth == 0 && !sign) text::append_code_point(out, c);
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out;
}

// Do the values allow it? An empty column allows everything: the header is all we have.
bool fits(std::string_view field, const ColumnGuesser& values) {
  if (values.is_empty()) return true;
  if (field == "phone") return values.looks_like_phones();
  if (field == "email") return values.looks_like_emails();
  if (field == "score") return values.looks_like_scores();
  if (field == "kind") return values.looks_like_kinds();
  if (field == "do_not_contact") return values.looks_like_yes_or_no();
  // A few words over and over are a property of the customer, not somebody's name ("Contact: cellular").
  if (field == "name" || field == "contact") return values.looks_like_names();
  // Cities, sources, owners and departments are words, and as a rule few.
  const auto type = values.guess().type;
  const bool word = type == customer::FieldType::text || type == customer::FieldType::choice;
  if (field == "external_key") return true;
  return word;
}

std::string_view field_of(std::string_view header, const ColumnGuesser& values) {
  for (const HeaderWord& word : header_words)
    if (header == word.header && fits(word.field, values)) return word.field;
  return {};
}

}  // namespace

std::span<const std::string_view> standard_fields() { return fields; }

bool is_standard_field(std::string_view name) {
  return std::find(std::begin(fields), std::end(fields), name) != std::end(fields);
}

std::vector<std::string_view> suggest_fields(const std::vector<ColumnSeen>& columns) {
  std::vector<std::string_view> suggested;
  for (const ColumnSeen& column : columns) {
    const std::string_view field = field_of(plain(column.header), *column.values);
    const bool taken = std::find(suggested.begin(), suggested.end(), field) != suggested.end();
    suggested.push_back(taken ? std::string_view() : field);
  }
  return suggested;
}

}  // namespace tw::domain::imports
