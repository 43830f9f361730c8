// What must stay true: the tree has no cycle, and every path in it is its parent's path with its own id behind.
#include "services/departments.h"

#include "services/audit.h"
#include "services/change_calendar.h"
#include "services/people_list_store.h"
#include "services/person_rules.h"

namespace tw::services {

namespace {

constexpr std::int64_t most_departments = 2000;  // the list is answered whole

api::DepartmentRow row_of(const ListedDepartment& listed) {
  api::DepartmentRow row;
  row.department = listed.department.department;
  row.version = listed.department.version;
  row.name = listed.department.name;
  row.parent = listed.department.parent;
  row.people = listed.people;
  return row;
}

Result<api::DepartmentRow> row_now(Work& work, DepartmentId department) {
  const auto listed = listed_department(work, department);
  if (!listed) return error(Code::not_found, text_key("error.not_found"));
  return row_of(*listed);
}

}  // namespace

Result<api::ListDepartments::Response> list_departments(Work& work, const Actor&,
                                                        const api::ListDepartments::Request&) {
  api::ListDepartments::Response answer;
  for (const auto& listed : list_departments(work)) answer.rows.push_back(row_of(listed));
  return answer;
}

Result<api::DepartmentRow> add_department(Work& work, const Actor& actor, const api::AddDepartment::Request& request) {
  if (auto refused = check_name("name", request.name)) return *refused;
  if (request.parent && !load_department(work, request.parent))
    return field_error("parent", text_key("people.unknown_department"));
  if (count_departments(work) >= most_departments)
    return error(Code::conflict, text_key("people.too_many_departments"), {param("maximum", most_departments)});
  const DepartmentId department = insert_department(work, request.name, request.parent);
  audit(work, actor.person, api::AuditKind::department_changed,
        AuditFacts()
            .id(api::AuditFact::department, department)
            .text(api::AuditFact::change, "added")
            .id(api::AuditFact::parent, request.parent));
  work.emit(EventKind::department_changed, department.value);
  return row_now(work, department);
}

Result<api::DepartmentRow> update_department(Work& work, const Actor& actor,
                                             const api::UpdateDepartment::Request& request) {
  auto department = load_department(work, request.department);
  if (!department) return error(Code::not_found, text_key("error.not_found"));
  department->version = request.version;
  if (request.name) {
    if (auto refused = check_name("name", *request.name)) return *refused;
    department->name = *request.name;
  }
  if (request.parent && *request.parent) {
    const auto parent = load_department(work, *request.parent);
    if (!parent) return field_error("parent", text_key("people.unknown_department"));
    if (parent->path.compare(0, department->path.size(), department->path) == 0)
      return field_error("parent", text_key("people.department_below_itself"));
  }
  const bool moves = request.parent && *request.parent != department->parent;
  if (request.parent) department->parent = *request.parent;
  if (!update_department(work, *department)) return error(Code::conflict, text_key("error.changed_meanwhile"));
  if (moves)
    if (auto refused = recount_after_a_move(work, actor)) return *refused;
  audit(work, actor.person, api::AuditKind::department_changed,
        AuditFacts()
            .id(api::AuditFact::department, department->department)
            .text(api::AuditFact::change, moves ? "moved" : "changed")
            .id(api::AuditFact::parent, moves ? department->parent : DepartmentId{}));
  work.emit(EventKind::department_changed, department->department.value);
  return row_now(work, department->department);
}

}  // namespace tw::services
