//! Playback key pairs: what signs viewers' tokens (`docs/ivs-behaviour.md` 2.8).

use crate::choices::KEY_PAIR_NAMES_MAY_REPEAT;
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found, within_quota};
use contract::arn::Resource;
use contract::playback_key_pair::{
    DeletePlaybackKeyPair, Empty, GetPlaybackKeyPair, GetPlaybackKeyPairResponse, ImportPlaybackKeyPair, ImportPlaybackKeyPairResponse,
    ListPlaybackKeyPairs, ListPlaybackKeyPairsResponse, PlaybackKeyPair, PlaybackKeyPairSummary,
};
use contract::{ApiError, Code};
use md5::{Digest, Md5};
use p384::PublicKey;
use p384::pkcs8::{DecodePublicKey, EncodePublicKey};

/// The key, and MD5 over its DER as hexadecimal pairs with colons; refuses every key but those of P-384.
fn read(pem: &str) -> Result<(PublicKey, String), ApiError> {
    let refused =
        || ApiError::new(Code::ValidationException, "publicKeyMaterial must be the PEM of an ECDSA public key on the curve P-384");
    let key = PublicKey::from_public_key_pem(pem.trim()).map_err(|_| refused())?;
    let der = key.to_public_key_der().map_err(|_| refused())?;
    let pairs: Vec<String> = Md5::digest(der.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((key, pairs.join(":")))
}

impl Behave for ImportPlaybackKeyPair {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ImportPlaybackKeyPairResponse, ApiError> {
        let (key, fingerprint) = read(&self.public_key_material)?;
        let same_name = |pair: &PlaybackKeyPair| !KEY_PAIR_NAMES_MAY_REPEAT && self.name.is_some() && pair.name == self.name;
        if region.playback_key_pairs.iter().any(|pair| pair.fingerprint.as_ref() == Some(&fingerprint) || same_name(pair)) {
            let message = format!("A playback key pair with the fingerprint {fingerprint} already exists");
            return Err(ApiError::new(Code::ConflictException, message));
        }
        within_quota(region.playback_key_pairs.len(), ctx.settings.quotas.playback_key_pairs, "playback key pairs")?;
        let arn = region.arn(Resource::PlaybackKey, ctx.ids);
        let pair = PlaybackKeyPair {
            arn: Some(arn.clone()),
            name: Some(self.name.unwrap_or_default()),
            fingerprint: Some(fingerprint),
            tags: self.tags,
        };
        region.playback_key_pairs.add(&arn, pair.clone(), ctx.now);
        region.playback.keys.insert(arn, key.into());
        Ok(ImportPlaybackKeyPairResponse { key_pair: Some(pair) })
    }
}

impl Behave for GetPlaybackKeyPair {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<GetPlaybackKeyPairResponse, ApiError> {
        let pair = region.playback_key_pairs.get(&self.arn).ok_or_else(|| not_found(&self.arn))?;
        Ok(GetPlaybackKeyPairResponse { key_pair: Some(pair.clone()) })
    }
}

impl Behave for DeletePlaybackKeyPair {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        region.playback.keys.remove(&self.arn);
        region.playback_key_pairs.remove(&self.arn).map(|_| Empty {}).ok_or_else(|| not_found(&self.arn))
    }
}

impl Behave for ListPlaybackKeyPairs {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListPlaybackKeyPairsResponse, ApiError> {
        let paging = Paging::new(ctx, "playback key pairs", self.next_token.as_deref(), self.max_results, 100)?;
        let page = region.playback_key_pairs.page(paging.after, paging.most, paging.until, |_| true);
        let summary =
            |pair: &PlaybackKeyPair| PlaybackKeyPairSummary { arn: pair.arn.clone(), name: pair.name.clone(), tags: pair.tags.clone() };
        Ok(ListPlaybackKeyPairsResponse { key_pairs: page.items.into_iter().map(summary).collect(), next_token: paging.token(page.last) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_the_one_that_ivs_answers() {
        let pem = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEd0r4mRaUNaqy2SqlVYbnLD7J+zZMS3VG
F2QFsgS2Y9Ha3J2/ZPZ2pQqOtnxWJs/W2fWnptMlRdENUyUpMpTy2+Uub2CgC36X
hzDdL6EsN69hvD1e/0gkQvHHAuOB86Ls
-----END PUBLIC KEY-----
";
        assert_eq!(read(pem).map(|(_, fingerprint)| fingerprint).as_deref(), Ok("1e:86:7b:9c:f6:32:1c:cb:1e:a8:a0:09:db:7f:98:b3"));
    }
}
