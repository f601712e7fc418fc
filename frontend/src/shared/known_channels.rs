//! The channels of a region as people mean them: by a name or by an id.

use super::arn;
use contract::arn::Arn;
use contract::channel::ChannelSummary;
use std::collections::BTreeMap;

/// They, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known {
    pub(crate) region: String,
    /// Are these all? Else nobody can say that there is none.
    complete: bool,
    /// By ARN: what each is called.
    called: BTreeMap<String, String>,
    /// The same of those that open without a token.
    public: BTreeMap<String, String>,
    /// By id and by name: the ARNs that are meant.
    meant: BTreeMap<String, Vec<String>>,
}

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meant<'a> {
    /// This channel, by its ARN.
    One(&'a str),
    /// So many.
    Several(usize),
    /// None.
    No,
    /// None of those that are known so far.
    NotYet,
}

impl Known {
    /// Of a list, which may have more to come.
    pub(crate) fn of(region: String, channels: &[ChannelSummary], complete: bool) -> Self {
        let mut known = Self { region, complete, ..Self::default() };
        for channel in channels {
            let (whole, name) = (channel.arn.clone().unwrap_or_default(), channel.name.clone().unwrap_or_default());
            let called = arn::called(Some(&name), &whole).to_owned();
            if channel.authorized == Some(false) {
                known.public.insert(whole.clone(), called.clone());
            }
            known.called.insert(whole.clone(), called);
            for word in [Arn::short(&whole).to_owned(), name].into_iter().filter(|word| !word.is_empty()) {
                known.meant.entry(word).or_default().push(whole.clone());
            }
        }
        known
    }

    /// The names there are, for choosing: as many as anybody looks through.
    pub(crate) fn names(&self) -> Vec<String> {
        self.called.values().take(500).cloned().collect()
    }

    /// What the channel of an ARN is called: its id where it has no name, or is not known.
    pub(crate) fn called(&self, arn: &str) -> String {
        self.called.get(arn).cloned().unwrap_or_else(|| Arn::short(arn).to_owned())
    }

    /// Does the channel of an ARN open without a token, as far as is known?
    pub(crate) fn is_public(&self, arn: &str) -> bool {
        self.public.contains_key(arn)
    }

    /// The channel of a name or an id.
    pub(crate) fn meant(&self, word: &str) -> Meant<'_> {
        match self.meant.get(word).map(Vec::as_slice) {
            Some([arn]) => Meant::One(arn),
            Some(several) => Meant::Several(several.len()),
            None if self.complete => Meant::No,
            None => Meant::NotYet,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_is_only_what_is_known_to_be() {
        let channel = |id: &str, authorized| ChannelSummary { arn: Some(format!("arn/{id}")), authorized, ..ChannelSummary::default() };
        let known = Known::of(String::new(), &[channel("a", Some(false)), channel("b", Some(true)), channel("c", None)], true);
        assert_eq!(["arn/a", "arn/b", "arn/c", "arn/d"].map(|arn| known.is_public(arn)), [true, false, false, false]);
    }
}
