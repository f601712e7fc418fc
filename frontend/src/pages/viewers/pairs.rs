//! A list of viewers as somebody pastes it, and what is wrong with it.

use crate::shared::csv;
use crate::shared::known_channels::{Known, Meant};
use contract::arn::{Arn, Resource};
use contract::constraint::Check;
use contract::viewer_session::BatchStartViewerSessionRevocationViewerSession as Session;
use std::collections::BTreeMap;

/// What that a channel is public means here.
pub(super) const PUBLIC: &str = "A public channel opens without a token: revoking has no effect there until it is private.";

/// What opens it again.
pub(super) const NEW_TOKEN: &str = "a new token of a higher version";

/// A viewer of a channel.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    /// What the channel is called.
    pub(super) channel: String,
    /// As it is sent.
    pub(super) session: Session,
}

impl Pair {
    /// The channel's ARN, and what it is called.
    pub(super) fn named(&self) -> (String, String) {
        (self.session.channel_arn.clone(), self.channel.clone())
    }
}

/// A line that cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) line: usize,
    pub(super) why: String,
}

/// What a list says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Checked {
    pub(super) pairs: Vec<Pair>,
    pub(super) wrong: Vec<Wrong>,
    /// Lines whose viewer stands above already.
    pub(super) repeated: usize,
}

/// The ARN that is meant by an ARN, an id or a name, and what that channel is called.
///
/// # Errors
/// Why none is.
pub(super) fn find(known: &Known, typed: &str) -> Result<(String, String), String> {
    if typed.is_empty() {
        return Err("The channel is missing.".to_owned());
    }
    let region = &known.region;
    if typed.starts_with("arn:") {
        return match Arn::parse(typed) {
            Some(arn) if arn.resource != Resource::Channel => {
                Err(format!("This is the ARN of a {}, and not of a channel.", arn.resource.as_str()))
            }
            Some(arn) if arn.region != *region => Err(format!("The channel is in {}; this page is about {region}.", arn.region)),
            // One that is not listed may have been made a moment ago: IVS says it.
            Some(_) => Ok((typed.to_owned(), known.called(typed))),
            None => Err("This is no ARN of a channel.".to_owned()),
        };
    }
    match known.meant(typed) {
        Meant::One(arn) => Ok((arn.to_owned(), known.called(arn))),
        Meant::Several(several) => Err(format!("{several} channels are called {typed}: give the id or the ARN.")),
        Meant::No => Err(format!("No channel of {region} has the name or id {typed}.")),
        Meant::NotYet => Err(format!("No channel is known by {typed} yet; not all channels have been looked up.")),
    }
}

/// Which cell of a line is what.
struct Columns {
    channel: Option<usize>,
    viewer: Option<usize>,
    version: Option<usize>,
}

impl Columns {
    /// Is it the console's own file, which has an apostrophe before what would be a formula?
    fn exported(first: &[String]) -> bool {
        first.iter().any(|cell| cell == "journal")
    }

    /// As the first line says, if it names any.
    fn named(first: &[String]) -> Option<Self> {
        let at = |names: &[&str]| names.iter().find_map(|name| first.iter().position(|cell| cell.eq_ignore_ascii_case(name)));
        let viewer = at(&["viewerId", "viewer id", "viewer"]);
        viewer.map(|_| Self {
            channel: at(&["channelArn", "channel"]),
            viewer,
            version: at(&["version", "viewerSessionVersionsLessThanOrEqualTo"]),
        })
    }
}

/// Looks through a list: a line is a channel, a viewer id and a version, which may be left out.
pub(super) fn check(text: &str, known: &Known) -> Checked {
    let mut records = csv::records(text);
    let named = records.first().and_then(|(_, cells)| Columns::named(cells));
    let exported = records.first().is_some_and(|(_, cells)| Columns::exported(cells));
    if named.is_some() {
        records.remove(0);
    }
    let columns = named.unwrap_or(Columns { channel: Some(0), viewer: Some(1), version: Some(2) });
    let mut checked = Checked::default();
    let mut there = BTreeMap::<(String, String), usize>::new();
    for (line, mut cells) in records {
        if exported {
            cells.iter_mut().for_each(|cell| *cell = csv::plain(cell));
        }
        match pair(&cells, &columns, known) {
            Err(why) => checked.wrong.push(Wrong { line, why }),
            Ok(pair) => {
                let same = (pair.session.channel_arn.clone(), pair.session.viewer_id.clone());
                // IVS says of a pair that failed whose it is, and not which version: each is sent once, and the higher version holds.
                if let Some(before) = there.get(&same).and_then(|at| checked.pairs.get_mut(*at)) {
                    let version = before.session.viewer_session_versions_less_than_or_equal_to;
                    before.session.viewer_session_versions_less_than_or_equal_to =
                        version.max(pair.session.viewer_session_versions_less_than_or_equal_to);
                    checked.repeated += 1;
                } else {
                    there.insert(same, checked.pairs.len());
                    checked.pairs.push(pair);
                }
            }
        }
    }
    checked
}

fn pair(cells: &[String], columns: &Columns, known: &Known) -> Result<Pair, String> {
    let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", String::as_str);
    let (arn, channel) = find(known, cell(columns.channel).trim())?;
    let version = match cell(columns.version).trim() {
        "" => 0,
        text => text.parse::<i32>().map_err(|_| format!("The version must be a whole number from 0; this is {text}."))?,
    };
    let session = Session {
        channel_arn: arn,
        viewer_id: cell(columns.viewer).to_owned(),
        viewer_session_versions_less_than_or_equal_to: Some(version),
    };
    session.check().map_err(|errors| errors.0.first().map(said).unwrap_or_default())?;
    Ok(Pair { channel, session })
}

/// What the contract says of a member, in the words of the list.
fn said(error: &contract::FieldError) -> String {
    let member = match error.field.as_str() {
        "channelArn" => "The channel",
        "viewerId" => "The viewer id",
        _ => "The version",
    };
    format!("{member}: {}", error.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::channel::ChannelSummary;

    const ARENA: &str = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh";

    fn known(complete: bool) -> Known {
        let channel = |name: &str, id: &str| ChannelSummary {
            arn: Some(format!("arn:aws:ivs:eu-west-1:123456789012:channel/{id}")),
            name: Some(name.into()),
            ..ChannelSummary::default()
        };
        let channels = [channel("arena", "abcdABCDefgh"), channel("twin", "twinA"), channel("twin", "twinB")];
        Known::of("eu-west-1".to_owned(), &channels, complete)
    }

    fn checked(text: &str) -> Checked {
        check(text, &known(true))
    }

    fn wrong(text: &str) -> Vec<(usize, String)> {
        checked(text).wrong.into_iter().map(|wrong| (wrong.line, wrong.why)).collect()
    }

    #[test]
    fn a_channel_is_meant_by_its_name_its_id_or_its_arn() {
        let pairs = checked(&format!("arena,a\nabcdABCDefgh,b,2\n{ARENA},c,0")).pairs;
        let read: Vec<_> = pairs.iter().map(|pair| (pair.channel.as_str(), pair.session.viewer_id.as_str())).collect();
        assert_eq!(read, [("arena", "a"), ("arena", "b"), ("arena", "c")]);
        assert!(pairs.iter().all(|pair| pair.session.channel_arn == ARENA));
        assert_eq!(pairs[1].session.viewer_session_versions_less_than_or_equal_to, Some(2));
    }

    #[test]
    fn each_wrong_line_has_its_number_and_why() {
        let text = format!(
            "channel,viewerId,version\narena,ok\ntwin,a\nnobody,a\narena,{}\narena,a,-1\narena,a,two\n,a\narena\narn:aws:ivs:us-west-2:123456789012:channel/x,a\n",
            "v".repeat(41)
        );
        let wrong = wrong(&text);
        assert_eq!(wrong.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5, 6, 7, 8, 9, 10]);
        let why = ["2 channels", "No channel", "40 characters", "between 0", "whole number", "missing", "required", "us-west-2"];
        for ((line, said), why) in wrong.iter().zip(why) {
            assert!(said.contains(why), "{line}: {said}");
        }
        assert_eq!(checked(&text).pairs.len(), 1);
    }

    #[test]
    fn the_first_line_may_name_the_columns_in_any_order() {
        let pairs = checked("version;viewerId;channelArn;channel\n3;ann;twinA;twin\n").pairs;
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].session.viewer_session_versions_less_than_or_equal_to, Some(3));
        assert!(pairs[0].session.channel_arn.ends_with("/twinA"));
    }

    #[test]
    fn a_viewer_id_in_quotes_is_as_it_stands_there() {
        let pairs = checked("arena,\" ann \",1\narena, ben ,1").pairs;
        assert_eq!(pairs.iter().map(|pair| pair.session.viewer_id.as_str()).collect::<Vec<_>>(), [" ann ", "ben"]);
    }

    #[test]
    fn a_viewer_who_stands_twice_is_sent_once_with_the_higher_version() {
        let checked = checked("arena,a,1\narena,a,7\nabcdABCDefgh,a,3");
        assert_eq!((checked.pairs.len(), checked.repeated), (1, 2));
        assert_eq!(checked.pairs[0].session.viewer_session_versions_less_than_or_equal_to, Some(7));
    }

    #[test]
    fn what_is_not_known_yet_is_not_said_to_be_nowhere() {
        assert!(find(&known(false), "nobody").is_err_and(|why| why.contains("yet")));
    }
}
