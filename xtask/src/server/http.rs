//! As much of HTTP as it takes to ask a server of ours: one connection, kept open, one request after the other.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use anyhow::{Context as _, bail};

/// A connection to a server on this machine.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    address: String,
}

/// What it answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// A header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn ok(self) -> anyhow::Result<Self> {
        if !(200..300).contains(&self.status) {
            bail!("HTTP {}: {}", self.status, self.body);
        }
        Ok(self)
    }
}

impl Connection {
    /// To `127.0.0.1:PORT`.
    pub(crate) fn to(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("cannot connect to {address}"))?;
        // Else the kernel waits for more before it sends the last few bytes.
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), address: address.to_owned() })
    }

    /// Posts JSON, as a page of the console would.
    pub(crate) fn post(&mut self, path: &str, cookie: &str, body: &str) -> anyhow::Result<Answer> {
        let (host, length) = (&self.address, body.len());
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\nx-tally: 1\r\ncookie: {cookie}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    /// Gets what needs no session.
    pub(crate) fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address))
    }

    fn send(&mut self, request: &str) -> anyhow::Result<Answer> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> anyhow::Result<Answer> {
        let status = self.line()?.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status")?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((key, value)) = line.split_once(':') else { break };
            headers.push((key.to_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: String::new() };
        // An answer without content (204) has no length.
        let length = answer.header("content-length").map_or(Ok(0), str::parse).context("no length")?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        answer.body = String::from_utf8(body)?;
        Ok(answer)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}
