//! The addresses that an encoder sends to (`docs/ivs-behaviour.md` 2.2).

use contract::channel::Channel;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// What it is called.
    pub(crate) label: &'static str,
    /// What the encoder is given.
    pub(crate) url: String,
}

/// Those of a channel, the usual one first. RTMP only where insecure ingest is allowed: IVS refuses it elsewhere.
pub(crate) fn of(channel: &Channel) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    let host = channel.ingest_endpoint.as_deref().unwrap_or_default();
    if !host.is_empty() {
        endpoints.push(Endpoint { label: "Server", url: format!("rtmps://{host}:443/app/") });
        if channel.insecure_ingest == Some(true) {
            endpoints.push(Endpoint { label: "Server without TLS", url: format!("rtmp://{host}/app/") });
        }
    }
    if let Some(url) = srt(channel) {
        endpoints.push(Endpoint { label: "SRT server", url });
    }
    endpoints
}

/// The one for SRT, without key and passphrase.
pub(crate) fn srt(channel: &Channel) -> Option<String> {
    let host = channel.srt.as_ref().and_then(|srt| srt.endpoint.as_deref()).filter(|host| !host.is_empty())?;
    Some(format!("srt://{host}:9000"))
}

/// The usual one's URL.
pub(crate) fn server(channel: &Channel) -> String {
    of(channel).into_iter().next().map(|first| first.url).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::channel::Srt;

    #[test]
    fn rtmp_is_shown_only_where_ivs_takes_it() {
        let srt = Some(Srt { endpoint: Some("a.srt.live-video.net".into()), passphrase: None });
        let mut channel = Channel { ingest_endpoint: Some("a.global-contribute.live-video.net".into()), srt, ..Channel::default() };
        let urls = |channel: &Channel| of(channel).into_iter().map(|endpoint| endpoint.url).collect::<Vec<_>>();
        assert_eq!(urls(&channel), ["rtmps://a.global-contribute.live-video.net:443/app/", "srt://a.srt.live-video.net:9000"]);
        channel.insecure_ingest = Some(true);
        assert!(urls(&channel).contains(&"rtmp://a.global-contribute.live-video.net/app/".to_owned()));
    }
}
