//! `tally journal` as a person types it, beside a console that runs.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

struct Folder(tempfile::TempDir);

impl Folder {
    /// A data folder, and a pair of keys as openssl makes them.
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
        std::fs::write(folder.path("journal.key"), key.serialize_pem()).unwrap();
        std::fs::write(folder.path("journal.pub"), key.public_key_pem()).unwrap();
        let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(folder.path("journal.key"), owner).unwrap();
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// A console for an emulator that is not there: its journal has the starts.
    fn serve(&self, name: &str) -> Console {
        let log = std::fs::File::create(self.path(name)).unwrap();
        let accounts = "[{ name = \"main\", regions = [\"eu-west-1\"], endpoint_url = \"http://127.0.0.1:9\" }]";
        let child = Command::new(env!("CARGO_BIN_EXE_tally"))
            .args(["serve", "--listen", "127.0.0.1:0", "--danger-single-user", "true", "--accounts", accounts, "--log-format", "json"])
            .args(["--data-dir", &self.text("data"), "--journal-key-file", &self.text("journal.key")])
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut console = Console(child);
        let mut line = String::new();
        BufReader::new(console.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("http://"), "{line}{}", std::fs::read_to_string(self.path(name)).unwrap());
        console
    }

    /// The command's output and errors, and whether it was content.
    fn journal(&self, arguments: &[&str]) -> (bool, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_tally")).arg("journal").args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.success(), text(output.stdout), text(output.stderr))
    }
}

struct Console(Child);

impl Console {
    fn stop(mut self) {
        assert!(Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap().success());
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn good(answer: (bool, String, String)) -> String {
    assert!(answer.0, "{} {}", answer.1, answer.2);
    answer.1
}

#[test]
fn a_journal_is_signed_copied_exported_let_go_and_put_back() {
    let folder = Folder::new();
    folder.serve("first.log").stop();
    let console = folder.serve("second.log");
    let (file, copy, public, private) =
        (folder.text("data/journal.db"), folder.text("copy.db"), folder.text("journal.pub"), folder.text("journal.key"));

    // While it runs. The second start signed what the first one had written.
    let log = folder.text("second.log");
    let said = good(folder.journal(&["verify", &file, "--key", &public, "--checkpoints", &log]));
    assert!(said.contains("1 checkpoints, each signed with the key."), "{said}");
    let refused = folder.journal(&["verify", &file, "--checkpoints", &folder.text("first.log")]);
    assert!(!refused.0 && refused.2.contains("holds no checkpoint"), "{}", refused.2);
    let said = good(folder.journal(&["backup", &file, &copy, "--key", &public]));
    assert!(said.contains("2 rows copied to") && said.contains("--head 2:"), "{said}");
    let (_, lines, last) = folder.journal(&["export", &file]);
    assert_eq!((lines.lines().count(), last.trim()), (2, "To go on from here: --after 2"));
    let refused = folder.journal(&["prune", &file, "--before", "2999-01-01", "--key", &private]);
    assert!(!refused.0 && refused.2.contains("is in use by process"), "{}", refused.2);
    let refused = folder.journal(&["restore", &copy, &file]);
    assert!(!refused.0 && refused.2.contains("nothing is overwritten"), "{}", refused.2);
    console.stop();

    // While it does not.
    let refused = folder.journal(&["prune", &file, "--before", "2999-01-01", "--key", &public]);
    assert!(!refused.0 && refused.2.contains("no private key"), "{}", refused.2);
    assert_eq!(good(folder.journal(&["prune", &file, "--before", "2999-01-01", "--key", &private])), "1 rows were let go, up to row 1.\n");
    assert!(good(folder.journal(&["verify", &file, "--key", &public])).contains("Rows up to 1 were let go."));
    assert!(!folder.journal(&["verify", &file]).0, "who let them go shows only with the key");

    std::fs::rename(folder.path("data"), folder.path("lost")).unwrap();
    std::fs::create_dir(folder.path("data")).unwrap();
    good(folder.journal(&["restore", &copy, &file, "--key", &public]));
    folder.serve("third.log").stop();
    let lines = good(folder.journal(&["export", &file, "--format", "csv"]));
    assert!(lines.contains("\"RestoreJournal\""), "{lines}");
    assert!(folder.path("copy.db").exists(), "the copy stays");
}
