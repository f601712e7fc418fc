//! What the sidebar and the palette lead to.

use crate::api::Scope;
use crate::routes::{At, Noun, Page};

/// A group of the sidebar.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// Its heading.
    pub(crate) title: &'static str,
    /// What is in it.
    pub(crate) links: Vec<Link>,
}

/// A page to go to.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// As it is shown.
    pub(crate) label: &'static str,
    /// Where it leads.
    pub(crate) page: Page,
}

/// Everything that can be gone to. What is not built is not shown.
pub(crate) fn groups(scope: &Scope) -> Vec<Group> {
    let link = |label, page| Link { label, page };
    let mut configure = vec![link("Channels", Page::Channels(scope.clone())), link("Stream keys", Page::StreamKeys(scope.clone()))];
    let operate = vec![
        link("Live streams", Page::Streams(scope.clone())),
        link("Sessions", Page::Sessions(scope.clone())),
        link("Viewer sessions", Page::Viewers(scope.clone())),
    ];
    for noun in Noun::ALL {
        configure.push(link(noun.many(), Page::Resource(scope.clone(), noun, At::List)));
        if noun == Noun::PlaybackKey {
            configure.push(link("Token studio", Page::Tokens(scope.clone())));
        }
    }
    vec![
        Group { title: "Operate", links: operate },
        Group { title: "Configure", links: configure },
        Group { title: "Govern", links: vec![link("Tags", Page::Tags), link("Journal", Page::Journal)] },
        Group { title: "Console", links: vec![link("Jobs", Page::Jobs), link("Set-up", Page::Setup), link("About", Page::About)] },
    ]
}
