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
    configure.extend(Noun::ALL.map(|noun| link(noun.many(), Page::Resource(scope.clone(), noun, At::List))));
    vec![
        Group { title: "Operate", links: vec![link("Sessions", Page::Sessions(scope.clone()))] },
        Group { title: "Configure", links: configure },
        Group { title: "Govern", links: vec![link("Tags", Page::Tags)] },
        Group { title: "Console", links: vec![link("Jobs", Page::Jobs), link("Set-up", Page::Setup), link("About", Page::About)] },
    ]
}
