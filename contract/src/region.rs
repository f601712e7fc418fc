//! Where IVS is.

/// The seven regions of IVS's control plane, with the place each is in. Source: `docs/ivs-behaviour.md` 2.2.
pub const REGIONS: [(&str, &str); 7] = [
    ("us-east-1", "N. Virginia"),
    ("us-west-2", "Oregon"),
    ("eu-west-1", "Ireland"),
    ("eu-central-1", "Frankfurt"),
    ("ap-south-1", "Mumbai"),
    ("ap-northeast-1", "Tokyo"),
    ("ap-northeast-2", "Seoul"),
];

/// Is IVS there?
pub fn known(region: &str) -> bool {
    REGIONS.iter().any(|(name, _)| *name == region)
}

/// The place a region is in, or nothing for one that is not IVS's.
pub fn place(region: &str) -> &'static str {
    REGIONS.iter().find(|(name, _)| *name == region).map_or("", |(_, place)| place)
}
