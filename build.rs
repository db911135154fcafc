//! Compiles `proto/` with protox, so that no protoc is needed. Does nothing without the feature `grpc`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=proto");
    #[cfg(feature = "grpc")]
    compile_protos()?;
    Ok(())
}

#[cfg(feature = "grpc")]
fn compile_protos() -> Result<(), Box<dyn std::error::Error>> {
    let files =
        ["quality", "record", "profile", "review", "model", "job"].map(|name| format!("guiyi/v1/{name}_service.proto"));
    let mut compiler = protox::Compiler::new(["proto"])?;
    compiler.include_imports(true).include_source_info(true).open_files(files)?;
    // tonic-prost-build writes a descriptor set only when it runs protoc itself.
    let out = std::path::PathBuf::from(std::env::var("OUT_DIR")?).join("guiyi_descriptor.bin");
    std::fs::write(out, compiler.encode_file_descriptor_set())?;
    tonic_prost_build::configure()
        .extern_path(".google.rpc.Status", "::tonic_types::Status")
        .btree_map(".")
        .compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}
