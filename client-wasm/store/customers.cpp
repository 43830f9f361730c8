// Customers, custom fields and imports in the read model.
#include "client/store/store.h"

namespace tw::store {

std::string Store::key_of(const api::QueryCustomers::Request& request) {
  api::QueryCustomers::Request shape = request;
  shape.page = {};
  return json::encode(shape);
}

void Store::load_customers(const api::QueryCustomers::Request& request, std::int64_t first, std::int64_t last) {
  const std::string key = key_of(request);
  Window<api::CustomerRow>& window = customers.open(key);
  for (const std::int64_t page : window.wanted(first, last)) {
    api::QueryCustomers::Request ask = request;
    ask.page.limit = page_rows;
    ask.page.after = window.cursor_before(page);
    ask.page.offset = ask.page.after.empty() ? page * page_rows : 0;
    const std::uint32_t question = window.slot(page).rows.ask();
    transport::call<api::QueryCustomers>(
        transport_, ask, [this, key, page, question, query = request.query, epoch = epoch_](auto answer) {
          heard(answer ? nullptr : &answer.problem);
          Window<api::CustomerRow>* open = customers.find(key);
          if (!open || epoch != epoch_) return;
          if (!answer) return open->failed(page, question, std::move(answer.problem));
          open->answered(page, question, std::move(answer.value->rows), std::move(answer.value->next),
                         answer.value->total);
          customers.ready(key);
          if (!open->total.exact && !open->count_asked) load_exact_total(key, query);
        });
  }
}

void Store::load_exact_total(const std::string& key, const api::CustomerQuery& query) {
  customers.find(key)->count_asked = true;
  transport::call<api::CountCustomers>(transport_, {query}, [this, key](auto answer) {
    heard(answer ? nullptr : &answer.problem);
    Window<api::CustomerRow>* open = customers.find(key);
    if (open && answer) open->total = *answer;
  });
}

void Store::load_customer_total(api::CustomerView view) {
  const auto index = static_cast<std::size_t>(view);
  api::QueryCustomers::Request request;
  request.query.view = view;
  request.page.limit = 1;
  read<api::QueryCustomers>(
      request, [this, index] { return &customer_totals[index]; },
      [](api::QueryCustomers::Response reply) { return reply.total; });
}

void Store::load_query_total(std::int64_t key, const api::CustomerQuery& query) {
  query_totals.open(key);
  read<api::CountCustomers>(
      {query}, [this, key] { return query_totals.find(key); }, [](api::Total total) { return total; });
}

std::int64_t Store::key_of(const api::PreviewAddition::Request& request) { return hash_of(json::encode(request)); }

void Store::load_addition_preview(const api::PreviewAddition::Request& request) {
  const std::int64_t key = key_of(request);
  addition_preview.open(key);
  read<api::PreviewAddition>(
      request, [this, key] { return addition_preview.find(key); },
      [](api::PreviewAddition::Response reply) { return reply; });
}

const api::CustomerField* Store::field(CustomerFieldId id) const {
  if (!fields.ready()) return nullptr;
  for (const api::CustomerField& row : *fields)
    if (row.field == id) return &row;
  return nullptr;
}

void Store::load_fields() {
  read<api::ListCustomerFields>(
      {}, [this] { return &fields; }, [](api::ListCustomerFields::Response reply) { return std::move(reply.rows); });
}

void Store::load_customer(CustomerId id) {
  customer.open(id.value);
  read<api::ViewCustomer>(
      {id}, [this, id] { return customer.find(id.value); }, [](api::CustomerDetail reply) { return reply; });
}

void Store::load_timeline(CustomerId id) {
  timeline.open(id.value);
  read<api::CustomerTimeline>(
      {.customer = id, .after = {}, .limit = 50}, [this, id] { return timeline.find(id.value); },
      [](api::CustomerTimeline::Response reply) {
        return Timeline{std::move(reply.entries), std::move(reply.next)};
      });
}

void Store::load_more_timeline(CustomerId id) {
  const Remote<Timeline>* known = timeline.find(id.value);
  if (!known || !known->ready() || known->loading() || (*known)->next.empty()) return;
  read<api::CustomerTimeline>(
      {.customer = id, .after = (*known)->next, .limit = 50}, [this, id] { return timeline.find(id.value); },
      [this, id](api::CustomerTimeline::Response reply) {
        Timeline longer = **timeline.find(id.value);
        longer.entries.insert(longer.entries.end(), reply.entries.begin(), reply.entries.end());
        longer.next = std::move(reply.next);
        return longer;
      });
}

void Store::load_imports() {
  read<api::ListImports>(
      {}, [this] { return &imports; }, [](api::ListImports::Response reply) { return std::move(reply.rows); });
}

void Store::load_import(ImportId id) {
  import.open(id.value);
  read<api::ViewImport>(
      {id}, [this, id] { return import.find(id.value); },
      [this](api::ImportView reply) {
        if (reply.operation && (reply.state == api::ImportState::checking || reply.state == api::ImportState::writing))
          watch(reply.operation);
        return reply;
      });
}

void Store::start_upload(std::uint32_t file, const std::string& file_name) {
  upload = {};
  upload.running = true;
  upload.file_name = file_name;
  transport::Request request;
  request.method = api::UploadImport::endpoint.method;
  request.path =
      transport::detail::address_of(api::UploadImport::endpoint, json::encode(api::UploadImport::Request{file_name}))
          .path;
  request.changes = true;
  request.file = file;
  request.on_progress = [this](std::int64_t sent, std::int64_t total) {
    upload.sent = sent;
    upload.total = total;
    touch();
  };
  transport_.send(std::move(request), [this](transport::Reply reply) {
    upload.running = false;
    if (reply.status == 0) {
      upload.problem = transport::unreached();
      return heard(&*upload.problem);
    }
    const auto view = json::decode<api::ImportView>(reply.body);
    if (reply.status >= 300 || !view) {
      upload.problem = transport::read_problem(reply.status >= 300 ? reply.status : 500, reply.body);
      return heard(&*upload.problem);
    }
    heard(nullptr);
    import.put(view->import.value, *view);
    imports.stale = true;
    upload.finished = view->import;
  });
}

}  // namespace tw::store
