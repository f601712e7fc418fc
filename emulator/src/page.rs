//! Pages of lists: opaque tokens that belong to one list, can expire and can be made to die.

use crate::clock::Millis;
use crate::id::{Ids, hash, mix};
use crate::store::Ctx;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::{ApiError, Code};

/// Where a page begins and how long it is.
#[derive(Clone, Debug)]
pub(crate) struct Paging {
    /// The place of the last item of the page before; 0 at the beginning.
    pub(crate) after: u64,
    /// Items to a page.
    pub(crate) most: usize,
    /// Lists show what was made until then.
    pub(crate) until: Millis,
    list: u64,
    now: Millis,
    epoch: u64,
}

impl Paging {
    /// Reads a page token. `list` names what is listed, filters and all: a token of another list is refused, as are those
    /// that have expired.
    pub(crate) fn new(ctx: &Ctx<'_>, list: &str, token: Option<&str>, most: Option<i32>, default: usize) -> Result<Self, ApiError> {
        let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(default);
        let begin = Self { after: 0, most, until: ctx.lists_until, list: hash(list), now: ctx.now, epoch: ctx.token_epoch };
        // `""` is what some clients send for no token.
        let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(begin) };
        let refused = || ApiError::new(Code::ValidationException, "nextToken is invalid or has expired");
        let numbers = read(token).ok_or_else(refused)?;
        let [after, issued, epoch, list] = numbers;
        let age = ctx.now.saturating_sub_unsigned(issued);
        let dead = ctx.settings.page_token_life.is_some_and(|life| age > life);
        if list != begin.list || epoch != begin.epoch || dead {
            return Err(refused());
        }
        Ok(Self { after, ..begin })
    }

    /// The token of the next page, where there is one.
    pub(crate) fn token(&self, last: Option<u64>) -> Option<String> {
        let numbers = [last?, self.now.unsigned_abs(), self.epoch, self.list];
        let sum = checksum(numbers);
        let bytes: Vec<u8> = [sum].into_iter().chain(veil(sum, numbers)).flat_map(u64::to_be_bytes).collect();
        Some(URL_SAFE_NO_PAD.encode(bytes))
    }
}

fn checksum(numbers: [u64; 4]) -> u64 {
    numbers.iter().fold(1, |sum, number| mix(sum ^ number))
}

/// Makes numbers unreadable, and readable again: nobody shall rely on what is in a token.
fn veil(sum: u64, numbers: [u64; 4]) -> [u64; 4] {
    let mut veil = Ids::seeded(sum);
    numbers.map(|number| number ^ veil.number())
}

fn read(token: &str) -> Option<[u64; 4]> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == 40)?;
    let mut words = bytes.chunks_exact(8).map(|bytes| bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    let sum = words.next()?;
    let mut veiled = [0; 4];
    veiled.iter_mut().zip(words).for_each(|(place, word)| *place = word);
    let numbers = veil(sum, veiled);
    (checksum(numbers) == sum).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_read_back_and_nothing_made_up_does() {
        let numbers = [7, 1_778_018_138_000, 0, 42];
        let sum = checksum(numbers);
        let token = |words: &[u64]| URL_SAFE_NO_PAD.encode(words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>());
        let words: Vec<u64> = [sum].into_iter().chain(veil(sum, numbers)).collect();
        assert_eq!(read(&token(&words)), Some(numbers));
        for at in 0..5 {
            let mut changed = words.clone();
            changed[at] ^= 1;
            assert_eq!(read(&token(&changed)), None, "word {at}");
        }
        for odd in ["a", "====", "AAAA", &token(&words[..4])] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
