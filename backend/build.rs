//! Lets cargo notice when the front end was built again, or a migration was added: their files are compiled into the binary.

fn main() {
    // A watched path that does not exist would make every build start over, so the folder is made if need be. Where that
    // is not possible the binary is built without a front end and says so on its only page.
    if std::fs::create_dir_all("../dist").is_ok() {
        println!("cargo::rerun-if-changed=../dist");
    }
    // The migrations are, too.
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=build.rs");
}
