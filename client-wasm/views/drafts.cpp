#include "client/views/drafts.h"

#include <utility>

#include "core/json.h"

namespace tw::views {

namespace {

constexpr std::int64_t format = 5;  // another number when what is written below changes

// Writes the values it is given, or fills them in the same order. No templates: every form of the client goes through.
class Pad {
 public:
  Pad() { out_.begin_array(); }
  explicit Pad(const Result<json::Document>& words) : reads_(true) {  // which lives longer
    if (words && words->root().is_array()) list_ = words->root();
  }

  bool reads() const { return reads_; }
  bool broken() const { return broken_; }
  bool whole() const { return !broken_ && at_ == list_.size(); }
  std::string take() {
    out_.end_array();
    return out_.take();
  }

  void text(std::string& words) {
    if (!reads_) return out_.string(words);
    const auto read = next().string();
    read ? void(words = *read) : fail();
  }
  void number(std::int64_t& number) {
    if (!reads_) return out_.integer(number);
    const auto read = next().integer();
    read ? void(number = *read) : fail();
  }
  std::int64_t count(std::size_t count) {
    std::int64_t number_of = static_cast<std::int64_t>(count);
    number(number_of);
    return broken_ ? 0 : number_of;
  }
  void flag(bool& flag) {
    std::int64_t value = flag;
    number(value);
    flag = value != 0;
  }
  void choice(int& choice) {
    std::int64_t value = choice;
    number(value);
    choice = static_cast<int>(value);
  }
  void maybe(std::optional<std::int64_t>& value) {
    bool there = value.has_value();
    std::int64_t kept = value.value_or(0);
    flag(there);
    number(kept);
    value.reset();
    if (there) value = kept;
  }

 private:
  json::Value next() {
    if (at_ < list_.size()) return list_.at(at_++);
    fail();
    return {};
  }
  void fail() { broken_ = true; }

  json::Writer out_;
  json::Value list_;
  std::size_t at_ = 0;
  bool reads_ = false, broken_ = false;
};

template <class Tag>
void put(Pad& pad, std::vector<Id<Tag>>& ids) {
  std::int64_t left = pad.count(ids.size());
  if (pad.reads()) ids.clear();
  for (std::size_t i = 0; left > 0 && !pad.broken(); ++i, --left) {
    if (pad.reads()) ids.emplace_back();
    pad.number(ids[i].value);
  }
}

void put(Pad& pad, std::vector<std::string>& texts) {
  std::int64_t left = pad.count(texts.size());
  for (std::size_t i = 0; left > 0 && !pad.broken(); ++i, --left) {
    if (pad.reads()) texts.emplace_back();
    pad.text(texts[i]);
  }
}

template <class E>
void put_choice(Pad& pad, E& choice) {
  int number = static_cast<int>(choice);
  pad.choice(number);
  choice = static_cast<E>(number);
}

void put(Pad& pad, api::CustomerQuery& query) {
  put_choice(pad, query.view);
  pad.text(query.search);
  put_choice(pad, query.filter.combine);
  std::vector<api::Condition>& conditions = query.filter.conditions;
  std::int64_t left = pad.count(conditions.size());
  for (std::size_t i = 0; left > 0 && !pad.broken(); ++i, --left) {
    if (pad.reads()) conditions.emplace_back();
    pad.text(conditions[i].column);
    put_choice(pad, conditions[i].op);
    pad.text(conditions[i].value);
    put(pad, conditions[i].values);
  }
}

// The customers for whom a batch is made.
void put(Pad& pad, std::optional<commands::AddToBatch>& add) {
  bool there = add.has_value();
  pad.flag(there);
  if (!there) return;
  if (pad.reads()) add.emplace();
  pad.number(add->count);
  put(pad, add->customers);
  put(pad, add->except);
  bool by_query = add->query.has_value();
  pad.flag(by_query);
  if (!by_query) return;
  if (pad.reads()) add->query.emplace();
  put(pad, *add->query);
}

void put(Pad& pad, std::vector<api::ItemVersion>& rows) {
  std::int64_t left = pad.count(rows.size());
  for (std::size_t i = 0; left > 0 && !pad.broken(); ++i, --left) {
    if (pad.reads()) rows.emplace_back();
    pad.number(rows[i].item.value);
    pad.number(rows[i].version.value);
  }
}

// --- what is typed in dialogs: false while there is nothing to keep
// ------------------------------------------------------

template <class Draft>
Draft* draft_in(const Pad& pad, DialogState& dialog) {
  if (pad.reads()) dialog.draft.emplace<Draft>();
  return std::get_if<Draft>(&dialog.draft);
}

bool put_customer(Pad& pad, DialogState& dialog) {
  auto* draft = draft_in<CustomerDraft>(pad, dialog);
  if (!draft || (!pad.reads() && !draft->filled)) return false;
  draft->filled = true;
  pad.number(draft->version.value);
  pad.choice(draft->kind);
  for (std::string* words : {&draft->name, &draft->contact, &draft->phone, &draft->email, &draft->city, &draft->address,
                             &draft->source, &draft->note, &draft->external_key})
    pad.text(*words);
  pad.maybe(draft->score);
  pad.flag(draft->do_not_contact);
  pad.flag(draft->number_error);
  pad.number(draft->owner.value);
  pad.flag(draft->picks_owner);
  std::int64_t left = pad.count(draft->values.size());
  for (std::size_t i = 0; left > 0 && !pad.broken(); ++i, --left) {
    if (pad.reads()) draft->fields.emplace_back(), draft->values.emplace_back();
    pad.number(draft->fields[i].value);
    pad.text(draft->values[i]);
  }
  return true;
}

bool put_batch(Pad& pad, DialogState& dialog) {
  auto* draft = draft_in<BatchDraft>(pad, dialog);
  if (!draft || (!pad.reads() && !draft->filled)) return false;
  draft->filled = true;
  pad.number(draft->version.value);
  pad.text(draft->subject);
  pad.text(draft->description);
  put(pad, draft->executors);
  put(pad, draft->co_managers);
  pad.maybe(draft->limit);
  pad.choice(draft->limit_unit);
  pad.choice(draft->limit_counts);
  pad.maybe(draft->due_soon);
  pad.choice(draft->due_soon_unit);
  pad.flag(draft->needs_confirmation);
  pad.flag(draft->limit_is_running);
  pad.flag(draft->allows_transfer);
  pad.text(draft->end_date);
  pad.flag(draft->claim_open);
  pad.choice(draft->claim_mode);
  pad.maybe(draft->claim_count);
  pad.text(draft->claim_from);
  pad.text(draft->claim_to);
  pad.flag(draft->shows_managers);
  return true;
}

bool put_reason(Pad& pad, DialogState& dialog) {
  auto* draft = draft_in<ReasonDraft>(pad, dialog);
  if (!draft) return false;
  pad.text(draft->reason);
  pad.text(draft->typed_subject);
  return true;
}

bool put_return(Pad& pad, DialogState& dialog) {
  auto* draft = draft_in<SelectionDraft>(pad, dialog);
  if (!draft) return false;
  pad.text(draft->reason);
  pad.number(draft->person.value);
  return true;
}

bool put_person(Pad& pad, DialogState& dialog) {
  auto* draft = draft_in<PersonDraft>(pad, dialog);
  if (!draft || (!pad.reads() && !draft->filled)) return false;
  draft->filled = true;
  pad.number(draft->version.value);
  pad.text(draft->name);
  pad.text(draft->login);
  pad.choice(draft->role);
  pad.number(draft->department.value);
  pad.text(draft->zone);
  for (auto* limit : {&draft->holding_cap, &draft->daily_inflow_cap, &draft->weight}) pad.maybe(*limit);
  return true;
}

bool put_department(Pad& pad, DialogState& dialog) {
  auto* draft = draft_in<DepartmentDraft>(pad, dialog);
  if (!draft || (!pad.reads() && !draft->filled)) return false;
  draft->filled = true;
  pad.number(draft->version.value);
  pad.text(draft->name);
  pad.number(draft->parent.value);
  return true;
}

bool put_user_group(Pad& pad, DialogState& dialog) {
  auto* draft = draft_in<UserGroupDraft>(pad, dialog);
  if (!draft || (!pad.reads() && !draft->filled)) return false;
  draft->filled = true;
  pad.number(draft->version.value);
  pad.text(draft->name);
  put(pad, draft->people);
  return true;
}

bool put_calendar(Pad& pad, DialogState& dialog) {
  auto* draft = draft_in<CalendarDraft>(pad, dialog);
  if (!draft || (!pad.reads() && !draft->filled)) return false;
  draft->filled = true;
  pad.number(draft->version.value);
  pad.text(draft->name);
  pad.text(draft->zone);
  for (std::string& hours : draft->week) pad.text(hours);
  pad.maybe(draft->day_minutes);
  std::vector<std::pair<std::int64_t, CalendarDraft::Day>> days(draft->days.begin(), draft->days.end());
  std::int64_t left = pad.count(days.size());
  for (std::size_t i = 0; left > 0 && !pad.broken(); ++i, --left) {
    if (pad.reads()) days.emplace_back();
    pad.number(days[i].first);
    pad.flag(days[i].second.works);
    pad.text(days[i].second.hours);
    pad.text(days[i].second.name);
  }
  if (pad.reads()) draft->days = {days.begin(), days.end()};
  pad.flag(draft->everybody);
  pad.flag(draft->was_everybody);
  put(pad, draft->departments);
  put(pad, draft->people);
  return true;
}

// --- which dialog, and about what ------------------------------------------------------------------------------------

template <class What, std::size_t Index = 0>
constexpr std::int64_t kind_of() {
  if constexpr (std::is_same_v<What, std::variant_alternative_t<Index, commands::Dialog>>) {
    return Index;
  } else {
    return kind_of<What, Index + 1>();
  }
}

template <class What>
What& what_in(const Pad& pad, DialogState& dialog) {
  if (pad.reads()) dialog.what.emplace<What>();
  return *std::get_if<What>(&dialog.what);
}

bool put(Pad& pad, DialogState& dialog) {
  std::int64_t kind = static_cast<std::int64_t>(dialog.what.index());
  pad.number(kind);
  switch (kind) {
    case kind_of<commands::NewCustomer>():
      what_in<commands::NewCustomer>(pad, dialog);
      return put_customer(pad, dialog);
    case kind_of<commands::EditCustomer>():
      pad.number(what_in<commands::EditCustomer>(pad, dialog).customer.value);
      return put_customer(pad, dialog);
    case kind_of<commands::NewBatch>():
      put(pad, what_in<commands::NewBatch>(pad, dialog).then_add);
      return put_batch(pad, dialog);
    case kind_of<commands::EditBatch>():
      pad.number(what_in<commands::EditBatch>(pad, dialog).batch.value);
      return put_batch(pad, dialog);
    case kind_of<commands::ReturnItems>(): {
      auto& what = what_in<commands::ReturnItems>(pad, dialog);
      pad.number(what.batch.value);
      put(pad, what.rows);
      pad.flag(what.asks_executor);
      return put_return(pad, dialog);
    }
    case kind_of<commands::ResetItems>(): {
      auto& what = what_in<commands::ResetItems>(pad, dialog);
      pad.number(what.batch.value);
      put(pad, what.rows);
      return put_reason(pad, dialog);
    }
    case kind_of<commands::EndBatch>():
      pad.number(what_in<commands::EndBatch>(pad, dialog).batch.value);
      return put_reason(pad, dialog);
    case kind_of<commands::TerminateBatch>():
      pad.number(what_in<commands::TerminateBatch>(pad, dialog).batch.value);
      return put_reason(pad, dialog);
    case kind_of<commands::AbandonItem>():
      pad.number(what_in<commands::AbandonItem>(pad, dialog).item.value);
      return put_reason(pad, dialog);
    case kind_of<commands::NewPerson>():
      what_in<commands::NewPerson>(pad, dialog);
      return put_person(pad, dialog);
    case kind_of<commands::EditPerson>():
      pad.number(what_in<commands::EditPerson>(pad, dialog).person.value);
      return put_person(pad, dialog);
    case kind_of<commands::NewDepartment>():
      pad.number(what_in<commands::NewDepartment>(pad, dialog).parent.value);
      return put_department(pad, dialog);
    case kind_of<commands::EditDepartment>():
      pad.number(what_in<commands::EditDepartment>(pad, dialog).department.value);
      return put_department(pad, dialog);
    case kind_of<commands::NewUserGroup>():
      what_in<commands::NewUserGroup>(pad, dialog);
      return put_user_group(pad, dialog);
    case kind_of<commands::EditUserGroup>():
      pad.number(what_in<commands::EditUserGroup>(pad, dialog).group.value);
      return put_user_group(pad, dialog);
    case kind_of<commands::EditCalendar>():
      pad.number(what_in<commands::EditCalendar>(pad, dialog).calendar.value);
      return put_calendar(pad, dialog);
    default:
      return false;
  }
}

void put(Pad& pad, ItemDraft& draft) {
  bool planned = draft.follow_up.has_value();
  std::string at = draft.follow_up.value_or(std::string{});
  pad.text(draft.text);
  pad.flag(planned);
  pad.text(at);
  if (pad.reads() && planned) draft.follow_up = std::move(at);
}

bool is_written(const ItemDraft& draft) { return !draft.text.empty() || draft.follow_up; }

}  // namespace

std::string write_drafts(PersonId person, const Unsent& unsent) {
  std::vector<std::string> dialogs;  // each a list of its own
  for (DialogState& dialog : unsent.dialogs) {
    Pad pad;
    if (!put(pad, dialog)) continue;
    std::string words = pad.take();
    if (!dialog.began) dialog.began = words;
    if (words != *dialog.began) dialogs.push_back(std::move(words));
  }
  std::size_t notes = 0, items = 0;
  for (auto& note : unsent.customer.notes) notes += !note.second.empty();
  for (auto& item : unsent.my_tasks.drafts) items += is_written(item.second);
  if (dialogs.empty() && !notes && !items) return {};

  Pad pad;
  std::int64_t version = format;
  pad.number(version);
  pad.number(person.value);
  pad.count(dialogs.size());
  for (std::string& words : dialogs) pad.text(words);
  pad.count(notes);
  for (auto& note : unsent.customer.notes) {
    std::int64_t customer = note.first;
    if (!note.second.empty()) pad.number(customer), pad.text(note.second);
  }
  pad.count(items);
  for (auto& one : unsent.my_tasks.drafts) {
    std::int64_t item = one.first;
    if (is_written(one.second)) pad.number(item), put(pad, one.second);
  }
  return pad.take();
}

bool read_drafts(std::string_view words, PersonId person, const Unsent& unsent, store::FormId& last_form) {
  const auto read = json::Document::parse(words);
  Pad pad(read);
  std::int64_t version = 0, id = 0;
  pad.number(version);
  pad.number(id);
  if (pad.broken() || version != format || id != person.value) return false;
  const std::size_t open_before = unsent.dialogs.size();
  bool good = true;
  for (std::int64_t left = pad.count(0); left > 0 && !pad.broken(); --left) {
    std::string own;
    pad.text(own);
    const auto read_own = json::Document::parse(own);
    Pad inside(read_own);
    DialogState* dialog = &unsent.dialogs.emplace_back();
    dialog->form = ++last_form;
    dialog->began.emplace();  // differs from everything: it is half written already
    good = good && put(inside, *dialog) && inside.whole();
  }
  for (std::int64_t left = pad.count(0); left > 0 && !pad.broken(); --left) {
    pad.number(id);
    pad.text(unsent.customer.notes[id]);
  }
  for (std::int64_t left = pad.count(0); left > 0 && !pad.broken(); --left) {
    pad.number(id);
    put(pad, unsent.my_tasks.drafts[id]);
  }
  if (good && pad.whole()) return true;
  while (unsent.dialogs.size() > open_before) unsent.dialogs.pop_back();
  unsent.customer.notes.clear();
  unsent.my_tasks.drafts.clear();
  return false;
}

}  // namespace tw::views
