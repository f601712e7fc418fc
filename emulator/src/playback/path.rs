//! The paths of the playback hosts. That of a channel is the one of its playback URL; the others are the emulator's own.

/// What a path asks for, and of which account and region.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// The playback host.
    pub(super) host: String,
    /// Such as `eu-west-1`.
    pub(super) region: String,
    /// The account's digits.
    pub(super) account: String,
    pub(super) what: What,
}

/// What there is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The multivariant playlist of a channel, by its id.
    Channel(String),
    /// The playlist of a rendition, of somebody who watches.
    Playlist(String, String),
    /// One of its segments.
    Segment(String, u64),
}

impl Path {
    /// Reads one: `/playback/{host}/…`.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let (host, path) = path.strip_prefix("/playback/")?.split_once('/')?;
        let (folder, file) = path.rsplit_once('/')?;
        let (region, file) = file.split_once('.')?;
        let (account, file) = file.split_once('.')?;
        let what = match (folder, file.split('.').collect::<Vec<_>>().as_slice()) {
            ("api/video/v1", ["channel", id, "m3u8"]) => What::Channel((*id).to_owned()),
            ("v1/playlist", [viewing, rendition, "m3u8"]) => What::Playlist((*viewing).to_owned(), (*rendition).to_owned()),
            ("v1/segment", [viewing, _, number, "ts"]) => What::Segment((*viewing).to_owned(), number.parse().ok()?),
            _ => return None,
        };
        Some(Self { host: host.to_owned(), region: region.to_owned(), account: account.to_owned(), what })
    }

    /// The playback URL that it stands for.
    pub(super) fn url(&self) -> String {
        let Self { host, region, account, what } = self;
        let id = if let What::Channel(id) = what { id } else { "" };
        format!("https://{host}/api/video/v1/{region}.{account}.channel.{id}.m3u8")
    }

    /// The path of a rendition's playlist.
    pub(super) fn playlist(&self, viewing: &str, rendition: &str) -> String {
        format!("/playback/{}/v1/playlist/{}.{}.{viewing}.{rendition}.m3u8", self.host, self.region, self.account)
    }

    /// The path of one of its segments.
    pub(super) fn segment(&self, viewing: &str, rendition: &str, number: u64) -> String {
        format!("/playback/{}/v1/segment/{}.{}.{viewing}.{rendition}.{number}.ts", self.host, self.region, self.account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_back() {
        let path = Path::parse("/playback/a.b.live-video.net/api/video/v1/eu-west-1.123.channel.abcd.m3u8").expect("a path");
        assert_eq!(path.url(), "https://a.b.live-video.net/api/video/v1/eu-west-1.123.channel.abcd.m3u8");
        assert_eq!((path.region.as_str(), path.account.as_str()), ("eu-west-1", "123"));
        let playlist = Path::parse(&path.playlist("v", "720p")).expect("a path");
        assert_eq!(playlist.what, What::Playlist("v".into(), "720p".into()));
        let segment = Path::parse(&path.segment("v", "720p", 7)).expect("a path");
        assert_eq!(segment.what, What::Segment("v".into(), 7));
        for other in
            ["/playback/host", "/playback/host/a.m3u8", "/playback/h/api/video/v1/a.b.channel.c.mp4", "/playback/h/v1/segment/a.b.v.r.x.ts"]
        {
            assert_eq!(Path::parse(other), None, "{other}");
        }
    }
}
