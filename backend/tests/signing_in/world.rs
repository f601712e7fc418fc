//! A folder with everything that a configuration with sign-in names.

use backend::config::{Config, Finding, Sources, Surroundings};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) struct World(pub(crate) TempDir);

pub(crate) const HOST: &str = "tally.example.com";

impl World {
    pub(crate) fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        world.write("client-secret", "a secret\n", 0o600);
        world.write("session-keys", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n", 0o400);
        world.certify("");
        world.certify("other-");
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str, mode: u32) {
        std::fs::write(self.path(name), text).unwrap();
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
    }

    /// A certificate of its own; returns it.
    pub(crate) fn certify(&self, prefix: &str) -> Vec<u8> {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec![HOST.to_owned()]).unwrap();
        self.write(&format!("{prefix}cert.pem"), &cert.pem(), 0o644);
        self.write(&format!("{prefix}key.pem"), &signing_key.serialize_pem(), 0o600);
        cert.der().to_vec()
    }

    /// Everything said as it should be.
    pub(crate) fn good(&self) -> String {
        GOOD.replace("{}", &self.0.path().display().to_string())
    }

    pub(crate) fn load(&self, file: &str) -> Result<Config, Vec<Finding>> {
        self.load_among(file, &Surroundings::default())
    }

    pub(crate) fn load_among(&self, file: &str, around: &Surroundings) -> Result<Config, Vec<Finding>> {
        let file = file.replace("{}", &self.0.path().display().to_string());
        let sources = Sources { file: Some(("tally.toml".to_owned(), file)), ..Sources::default() };
        Config::load(&sources, around)
    }
}

pub(crate) fn files(folder: &Path) -> [PathBuf; 2] {
    [folder.join("cert.pem"), folder.join("key.pem")]
}

pub(crate) const GOOD: &str = r#"public_url = "https://tally.example.com"
listen = "0.0.0.0:4500"
data_dir = "{}"
tls_cert_file = "{}/cert.pem"
tls_key_file = "{}/key.pem"
[auth]
mode = "oidc"
session_idle = 1800
session_keys_file = "{}/session-keys"
[[auth.rules]]
claim = "groups"
equals = "ops"
role = "operator"
accounts = ["main"]
regions = ["eu-west-1"]
[oidc]
issuer = "https://login.example.com"
client_id = "tally"
client_secret_file = "{}/client-secret"
[[accounts]]
name = "main"
regions = ["eu-west-1"]
expected_account_id = "123456789012"
"#;
