//! Whole numbers as they are typed.

use contract::{FieldError, FieldErrors};

/// The number of a text; nothing where it is empty, and a word at `path` where it is none.
pub(crate) fn whole<N: std::str::FromStr>(path: &str, text: &str, errors: &mut FieldErrors) -> Option<N> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let number = text.parse().ok();
    if number.is_none() {
        errors.0.push(FieldError { field: path.to_owned(), message: "Must be a whole number.".to_owned() });
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_said_and_what_is_empty_is_not() {
        let mut errors = FieldErrors::default();
        assert_eq!((whole::<i32>("a", " 60 ", &mut errors), whole::<i32>("b", "", &mut errors)), (Some(60), None));
        assert_eq!(errors, FieldErrors::default());
        assert_eq!((whole::<i32>("c", "1.5", &mut errors), whole::<i32>("d", "99999999999", &mut errors)), (None, None));
        assert!(errors.at("c").is_some() && errors.at("d").is_some());
    }
}
