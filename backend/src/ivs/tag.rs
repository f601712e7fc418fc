//! Tags.

use super::wire::{empty_replies, execute, replies};
use aws_sdk_ivs::operation as sdk;
use contract::tag::*;

execute! { ListTagsForResource { resource_arn }, client => client.list_tags_for_resource().resource_arn(resource_arn) }
execute! {
    TagResource { resource_arn, tags },
    client => client.tag_resource().resource_arn(resource_arn).set_tags(Some(tags.into_iter().collect()))
}
execute! {
    UntagResource { resource_arn, tag_keys },
    client => client.untag_resource().resource_arn(resource_arn).set_tag_keys(Some(tag_keys))
}

replies! { sdk::list_tags_for_resource::ListTagsForResourceOutput => ListTagsForResourceResponse { tags } }
empty_replies! { sdk::tag_resource::TagResourceOutput sdk::untag_resource::UntagResourceOutput }
