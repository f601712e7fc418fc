//! Times, as IVS writes them: RFC 3339 text. Both servers and the browser have clocks of their own; this only reads.

/// Is it a date and a time with seconds and an offset? Leap days are checked, leap seconds are let through.
pub fn is_rfc3339(text: &str) -> bool {
    parts(text).is_some()
}

fn parts(text: &str) -> Option<()> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = bytes.get(from..to)?;
        digits.iter().all(u8::is_ascii_digit).then(|| digits.iter().fold(0, |n, d| n * 10 + u32::from(d - b'0')))
    };
    let fixed = |at: usize, expected: &[u8]| bytes.get(at).filter(|b| expected.contains(b)).map(|_| ());
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    fixed(4, b"-").and(fixed(7, b"-")).and(fixed(10, b"Tt "))?;
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    fixed(13, b":").and(fixed(16, b":"))?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    let rest = text.get(19..)?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let end = fraction.find(|c: char| !c.is_ascii_digit())?;
            (end > 0).then(|| &fraction[end..])?
        }
        None => rest,
    };
    let offset = match rest.as_bytes() {
        b"Z" | b"z" => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()) && (*h1, *h2) < (b'2', b'4') && *m1 < b'6'
        }
        _ => false,
    };
    ((1..=12).contains(&month) && (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 61 && offset).then_some(())
}
