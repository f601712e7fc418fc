//! What this is, and what it is not.

use crate::shared::session;
use crate::view::prelude::*;

#[component]
pub(crate) fn About() -> View {
    let version = move || session::me().map(|me| me.version);
    let page = env!("CARGO_PKG_VERSION");
    let differs = move || version().is_some_and(|backend| backend != page);
    view! {
        <div class="narrow stack">
            <h1 tabindex="-1">"About Tally"</h1>
            <p>"A self-hosted operator console for Amazon IVS low-latency streaming. It runs where you run it, and keeps the AWS credentials to itself."</p>
            <dl class="props">
                <dt>"Version"</dt>
                <dd>{move || version().unwrap_or_else(|| page.to_owned())}</dd>
                <dt>"Licence"</dt>
                <dd>"Apache-2.0"</dd>
            </dl>
            <Show when=differs>
                <p class="panel tone-warn">
                    <b>"This page is of another version"</b>
                    {format!("It is {page}. Load it again to have that of the console.")}
                </p>
            </Show>
            <section class="stack">
                <h2>"What it is not"</h2>
                <p class="soft">
                    "Tally is not affiliated with, endorsed by or supported by Amazon Web Services. Amazon IVS and AWS are their owner's trademarks."
                </p>
                <p class="soft">
                    "IVS Real-Time (stages, compositions) and IVS Chat are other services with other APIs. They are out of scope; the AWS console has them."
                </p>
            </section>
        </div>
    }
}
