// Use cases of imports (api/import.h). Row rule: one's own import, or an administrator's eye; what is neither is
// not_found.
#pragma once

#include "api/import.h"
#include "core/result.h"
#include "services/dispatcher.h"
#include "services/work.h"

namespace tw::services {

// Looks at the file on the request's own thread, outside any Work.
Result<api::ImportView> upload_import(Phases& phases, const Actor* actor, const api::UploadImport::Request& request);
Result<api::ImportView> view_import(Work& work, const Actor& actor, const api::ViewImport::Request& request);
Result<api::ListImports::Response> list_imports(Work& work, const Actor& actor,
                                                const api::ListImports::Request& request);
Result<api::Accepted> check_import(Work& work, const Actor& actor, const api::CheckImport::Request& request);
Result<api::Accepted> write_import(Work& work, const Actor& actor, const api::WriteImport::Request& request);
Result<Done> discard_import(Work& work, const Actor& actor, const api::DiscardImport::Request& request);
Result<api::Download> download_refusals(Phases& phases, const Actor* actor,
                                        const api::DownloadRefusals::Request& request);

}  // namespace tw::services
