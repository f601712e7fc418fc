//! Countries by their two letters (ISO 3166-1 alpha-2), and the sets that people choose them by.

/// All of them.
pub(super) const ALL: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The European Union.
pub(super) const EU: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// What the European Economic Area has beside it.
pub(super) const EEA_BESIDE: &str = "IS LI NO";

/// What else people call them, between commas.
const ALIASES: &[(&str, &str)] = &[
    ("AE", "uae,emirates"),
    ("BY", "belorussia"),
    ("CD", "drc,congo-kinshasa,zaire"),
    ("CG", "congo-brazzaville"),
    ("CH", "swiss,suisse,schweiz"),
    ("CI", "ivory coast,cote d'ivoire"),
    ("CV", "cape verde"),
    ("CZ", "czech republic"),
    ("DE", "deutschland"),
    ("ES", "espana"),
    ("GB", "uk,britain,great britain,england,scotland,wales,northern ireland"),
    ("KP", "north korea"),
    ("KR", "south korea"),
    ("MK", "macedonia"),
    ("MM", "burma"),
    ("NL", "holland"),
    ("SZ", "swaziland"),
    ("TL", "east timor"),
    ("TR", "turkey,turkiye"),
    ("US", "usa,america"),
    ("VA", "vatican,holy see"),
];

/// How well a country fits a word in lower case without accents: 0 is it, 1 begins with it, 2 has a word that does, 3 has it
/// somewhere. `None` where it does not. `name` is written as the word is.
pub(super) fn fits(code: &str, name: &str, word: &str) -> Option<usize> {
    let aliases = || ALIASES.iter().filter(|(of, _)| *of == code).flat_map(|(_, aliases)| aliases.split(','));
    let within = |set: &str| set.split(' ').any(|one| one == code);
    let set = word == "eu" && within(EU) || word == "eea" && (within(EU) || within(EEA_BESIDE));
    if set || code.eq_ignore_ascii_case(word) || aliases().any(|alias| alias == word) {
        return Some(0);
    }
    if name.starts_with(word) || aliases().any(|alias| alias.starts_with(word)) {
        return Some(1);
    }
    let mut parts = name.split([' ', '-', '(']);
    if parts.any(|part| part.starts_with(word)) { Some(2) } else { name.contains(word).then_some(3) }
}

/// The codes of a text, in their order and once each.
pub(super) fn codes(text: &str) -> Vec<String> {
    let mut codes: Vec<String> = text.split_whitespace().map(ToOwned::to_owned).collect();
    codes.sort();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_are_sets_of_countries() {
        let all = codes(ALL);
        assert_eq!((all.len(), codes(EU).len()), (249, 27));
        for code in codes(EU).iter().chain(&codes(EEA_BESIDE)) {
            assert!(all.contains(code), "{code}");
        }
    }

    #[test]
    fn every_alias_is_of_a_country_and_written_as_it_is_searched_for() {
        let all = codes(ALL);
        for (code, aliases) in ALIASES {
            assert!(all.contains(&(*code).to_owned()) && aliases.is_ascii() && *aliases == aliases.to_lowercase(), "{code}");
        }
    }

    #[test]
    fn what_is_meant_comes_before_what_only_has_the_letters() {
        let rank = |code, name, word| fits(code, name, word);
        assert_eq!(
            [rank("US", "united states", "us"), rank("AU", "australia", "us"), rank("RU", "russia", "us")],
            [Some(0), Some(3), Some(3)]
        );
        assert_eq!([rank("GB", "united kingdom", "uk"), rank("UA", "ukraine", "uk")], [Some(0), Some(1)]);
        assert_eq!([rank("NZ", "new zealand", "zea"), rank("GB", "united kingdom", "brit")], [Some(2), Some(1)]);
        assert_eq!([rank("DE", "germany", "eu"), rank("CH", "switzerland", "eu"), rank("NO", "norway", "eea")], [Some(0), None, Some(0)]);
        assert_eq!(rank("FR", "france", ""), Some(1), "nothing typed: all alike");
    }

    #[test]
    fn a_text_is_read_in_any_order_and_once() {
        assert_eq!(codes("  FR DE FR "), ["DE", "FR"]);
    }
}
