// Linked into the wasm tests: gives them Node's environment variables, which Emscripten hides from getenv().
Module["preRun"] = [() => Object.assign(ENV, process.env)];
