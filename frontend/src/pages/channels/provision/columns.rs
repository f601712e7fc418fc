//! What the columns of a file are: members of IVS's request.

use crate::components::dom;
use crate::view::prelude::*;
use contract::channel::{
    ChannelLatencyMode, ChannelType, ContainerFormat, CreateChannel, MultitrackMaximumResolution, MultitrackPolicy, TranscodePreset,
};

/// Each member that a column can be, and what it is called.
const MEMBERS: [(&str, &str); 17] = [
    ("", "Not used"),
    ("name", "For the name"),
    ("type", "Type"),
    ("latencyMode", "Latency mode"),
    ("authorized", "Private"),
    ("insecureIngest", "Insecure ingest"),
    ("preset", "Transcode preset"),
    ("containerFormat", "Container format"),
    ("multitrackInputConfiguration.enabled", "Multitrack input"),
    ("multitrackInputConfiguration.policy", "Multitrack policy"),
    ("multitrackInputConfiguration.maximumResolution", "Multitrack maximum resolution"),
    ("recordingConfigurationArn", "Recording configuration"),
    ("playbackRestrictionPolicyArn", "Restriction policy"),
    ("adConfigurationArn", "Ad configuration"),
    ("failoverSlateConfigurationArn", "Failover slate"),
    ("tag", "A tag of that key"),
    ("tags", "Tags, as key=value; key=value"),
];

/// How people call them.
const OTHERS: [(&str, &str); 9] = [
    ("channel", "name"),
    ("channelname", "name"),
    ("latency", "latencyMode"),
    ("private", "authorized"),
    ("recording", "recordingConfigurationArn"),
    ("policy", "playbackRestrictionPolicyArn"),
    ("ads", "adConfigurationArn"),
    ("slate", "failoverSlateConfigurationArn"),
    ("container", "containerFormat"),
];

/// Is it a member of IVS's request?
pub(super) fn is_member(name: &str) -> bool {
    name == "multitrackInputConfiguration" || MEMBERS.iter().any(|(member, _)| *member == name && !matches!(name, "" | "tag"))
}

/// What a column is by its name; `""` where that says nothing.
pub(super) fn meant(head: &str) -> &'static str {
    let word: String = head.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if head.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("tag:")) {
        return "tag";
    }
    let own = MEMBERS
        .iter()
        .map(|(member, _)| *member)
        .find(|member| !member.is_empty() && *member != "tag" && member.replace('.', "").eq_ignore_ascii_case(&word));
    own.or_else(|| OTHERS.iter().find_map(|(other, member)| (*other == word).then_some(*member))).unwrap_or_default()
}

/// The choice of one column. `pattern`: how the channels are called.
pub(super) fn choice(columns: RwSignal<Vec<String>>, pattern: RwSignal<String>, at: usize, name: String) -> View {
    let id = dom::fresh_id("column");
    let chosen = Memo::new(move |_| columns.with(|columns| columns.get(at).cloned().unwrap_or_default()));
    let set = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        columns.update(|columns| columns.get_mut(at).into_iter().for_each(|column| column.clone_from(&value)));
    };
    let in_braces = format!("{{{name}}}");
    let named = Memo::new(move |_| pattern.with(|pattern| pattern.contains(&in_braces)));
    let option = move |(member, label): (&'static str, &'static str)| {
        let label = move || if member.is_empty() && named.get() { "Used in the name" } else { label };
        view! { <option value=member selected=move || chosen.with(|chosen| chosen == member)>{label}</option> }
    };
    view! {
        <div>
            <dt><label for=id.clone()>{name}</label></dt>
            <dd><select class="input" id=id on:change=set>{MEMBERS.into_iter().map(option).collect::<View>()}</select></dd>
        </div>
    }
}

/// Puts a cell into a request. An empty one says nothing.
///
/// # Errors
/// Why it cannot be.
pub(super) fn put(request: &mut CreateChannel, member: &str, head: &str, cell: &str) -> Result<(), String> {
    if cell.is_empty() {
        return Ok(());
    }
    // As people write them: `advanced-hd` is `ADVANCED_HD`. A tag alone may begin or end with white space.
    let word = || cell.trim().to_ascii_uppercase().replace(['-', ' '], "_");
    let text = || Some(cell.trim().to_owned());
    match member {
        "type" => request.kind = Some(ChannelType::from(word().as_str())),
        "latencyMode" => request.latency_mode = Some(ChannelLatencyMode::from(word().as_str())),
        "preset" => request.preset = Some(TranscodePreset::from(word().as_str())),
        "containerFormat" => request.container_format = Some(ContainerFormat::from(word().as_str())),
        "multitrackInputConfiguration.enabled" => {
            let on = yes(head, cell)?;
            request.multitrack_input_configuration.get_or_insert_default().enabled = Some(on);
        }
        "multitrackInputConfiguration.policy" => {
            request.multitrack_input_configuration.get_or_insert_default().policy = Some(MultitrackPolicy::from(word().as_str()));
        }
        "multitrackInputConfiguration.maximumResolution" => {
            let most = MultitrackMaximumResolution::from(word().as_str());
            request.multitrack_input_configuration.get_or_insert_default().maximum_resolution = Some(most);
        }
        "authorized" => request.authorized = Some(yes(head, cell)?),
        "insecureIngest" => request.insecure_ingest = Some(yes(head, cell)?),
        "recordingConfigurationArn" => request.recording_configuration_arn = text(),
        "playbackRestrictionPolicyArn" => request.playback_restriction_policy_arn = text(),
        "adConfigurationArn" => request.ad_configuration_arn = text(),
        "failoverSlateConfigurationArn" => request.failover_slate_configuration_arn = text(),
        "tag" => {
            let key = if meant(head) == "tag" { head[4..].trim() } else { head };
            request.tags.insert(key.to_owned(), cell.to_owned());
        }
        "tags" => {
            for tag in cell.split(';').map(str::trim).filter(|tag| !tag.is_empty()) {
                let (key, value) = tag.split_once('=').ok_or_else(|| format!("{head}: {tag} is no key=value."))?;
                request.tags.insert(key.trim().to_owned(), value.trim().to_owned());
            }
        }
        _ => {}
    }
    Ok(())
}

fn yes(head: &str, cell: &str) -> Result<bool, String> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "private" => Ok(true),
        "false" | "no" | "0" | "public" => Ok(false),
        _ => Err(format!("{head}: {cell} is neither true nor false.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_by_its_name() {
        let known =
            ["Name", "channel name", "TYPE", "latency", "private", "tag:team", "Tags", "recordingConfigurationArn", "viewerCount", "arn"];
        let meant: Vec<_> = known.iter().map(|head| meant(head)).collect();
        assert_eq!(meant, ["name", "name", "type", "latencyMode", "authorized", "tag", "tags", "recordingConfigurationArn", "", ""]);
    }

    #[test]
    fn cells_are_read_as_people_write_them() {
        let mut request = CreateChannel::default();
        for (member, head, cell) in [
            ("type", "type", "advanced-hd"),
            ("latencyMode", "latency", " normal "),
            ("authorized", "private", "yes "),
            ("tag", "tag:team", "sports"),
            ("tag", "stage", " 2 "),
            ("tags", "tags", "a=b; c=d=e"),
            ("insecureIngest", "x", ""),
            (meant("multitrackInputConfiguration.enabled"), "x", "true"),
            (meant("multitrackInputConfiguration.policy"), "x", "allow"),
            (meant("multitrackInputConfiguration.maximumResolution"), "x", "full-hd"),
        ] {
            put(&mut request, member, head, cell).unwrap();
        }
        assert_eq!((request.kind, request.latency_mode), (Some(ChannelType::AdvancedHd), Some(ChannelLatencyMode::Normal)));
        assert_eq!((request.authorized, request.insecure_ingest), (Some(true), None));
        let multitrack = request.multitrack_input_configuration.unwrap();
        assert_eq!((multitrack.enabled, multitrack.policy), (Some(true), Some(MultitrackPolicy::Allow)));
        assert_eq!(multitrack.maximum_resolution, Some(MultitrackMaximumResolution::FullHd));
        let tags: Vec<_> = request.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(tags, [("a", "b"), ("c", "d=e"), ("stage", " 2 "), ("team", "sports")]);
        assert!(put(&mut CreateChannel::default(), "authorized", "private", "maybe").unwrap_err().contains("neither"));
        assert!(put(&mut CreateChannel::default(), "tags", "tags", "alone").unwrap_err().contains("no key=value"));
    }
}
