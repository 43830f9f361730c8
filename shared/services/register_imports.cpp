#include "services/dispatcher.h"
#include "services/imports.h"

namespace tw::services {

void register_imports(Dispatcher& dispatcher) {
  register_phased<api::UploadImport>(dispatcher, &upload_import);
  register_operation<api::ViewImport>(dispatcher, &view_import);
  register_operation<api::ListImports>(dispatcher, &list_imports);
  register_operation<api::CheckImport>(dispatcher, &check_import);
  register_operation<api::WriteImport>(dispatcher, &write_import);
  register_operation<api::DiscardImport>(dispatcher, &discard_import);
  register_phased<api::DownloadRefusals>(dispatcher, &download_refusals);
}

}  // namespace tw::services
