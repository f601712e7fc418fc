//! What a word of the filter means: something that is looked for anywhere, or a field.

use super::rows::{Channel, Only};
use crate::components::table::WHOLE;
use contract::stream::StreamSummary;

/// What it means, in lower case.
pub(super) enum Meant {
    /// Stands somewhere: in the name, the ARN, a setting or a tag.
    Text(String),
    /// A state; or, while it is still being typed, a text that may be part of a name.
    State(Only, Option<String>),
    /// Not on air.
    Offline,
    /// Its stream's health begins so.
    Health(String),
    /// Its name begins so.
    Name(String),
}

impl Meant {
    /// Of a word; one that is complete ends with [`WHOLE`].
    pub(super) fn of(word: &str) -> Self {
        let (field, whole) = word.strip_suffix(WHOLE).map_or((word, false), |field| (field, true));
        if let Some(state) = Only::named(field) {
            return Self::State(state, (!whole).then(|| field.to_owned()));
        }
        match field.split_once(':') {
            Some(("state", "offline")) => Self::Offline,
            Some(("health", health)) => Self::Health(health.to_owned()),
            Some(("name", name)) => Self::Name(name.to_owned()),
            // A tag that is complete is that tag, or that key with any value.
            Some(("tag", tag)) if whole => Self::Text(format!("\ntag:{tag}{}", if tag.contains('=') { "\n" } else { "=" })),
            // Other fields begin as they were typed.
            _ => Self::Text(field.to_owned()),
        }
    }

    /// Does a channel fit, with the stream that it has?
    pub(super) fn fits(&self, channel: &Channel, stream: Option<&StreamSummary>) -> bool {
        match self {
            Self::Text(text) => channel.words.contains(text.as_str()),
            Self::State(state, text) => state.fits(stream) || text.as_ref().is_some_and(|text| channel.words.contains(text.as_str())),
            Self::Offline => stream.is_none(),
            Self::Health(begin) => {
                let health = stream.and_then(|stream| stream.health.as_ref());
                health.is_some_and(|health| health.as_str().to_ascii_lowercase().starts_with(begin.as_str()))
            }
            // It is the first of what can be searched for.
            Self::Name(begin) => channel.words.starts_with(begin.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::channels::list::rows::Channel;
    use contract::channel::ChannelSummary;
    use contract::stream::{StreamHealth, StreamSummary};

    #[test]
    fn a_complete_tag_is_that_tag_and_not_one_that_begins_so() {
        let tags = [("env", "prod-eu"), ("environment", "x")].map(|(key, value)| (key.to_owned(), value.to_owned()));
        let channel = Channel::new(ChannelSummary { tags: tags.into(), ..ChannelSummary::default() });
        let fits = |word: &str| Meant::of(word).fits(&channel, None);
        assert!(fits("tag:env=prod") && fits("tag:env=prod-eu\n") && fits("tag:env\n") && fits("tag:env"));
        assert!(!fits("tag:env=prod\n") && !fits("tag:envi\n"));
    }

    #[test]
    fn a_state_is_the_stream_s_and_a_name_may_be_called_like_one() {
        let channel = Channel::new(ChannelSummary { name: Some("Shop-live".into()), ..ChannelSummary::default() });
        let stream = StreamSummary { health: Some(StreamHealth::Starving), ..StreamSummary::default() };
        let fits = |word: &str, stream| Meant::of(word).fits(&channel, stream);
        for word in ["live\n", "state:live", "attention\n", "health:starv", "health:starving\n"] {
            assert!(fits(word, Some(&stream)) && !fits(word, None), "{word}");
        }
        assert!(fits("live", None), "while it may still be a part of a name");
        assert!(fits("state:offline\n", None) && !fits("state:offline\n", Some(&stream)));
        assert!(fits("name:shop\n", None) && !fits("name:hop\n", None));
    }
}
