//! Times of day, with and without a zone.

use std::fmt;

/// A time of day.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59, if it is known.
    pub second: Option<u8>,
    /// The minutes by which it is ahead of UTC; `None` where the time is local and its zone unknown.
    pub zone: Option<i16>,
}

impl Time {
    /// `14:05`, `14:05:30Z`, `14:05:30+07`, `14:05+05:30`
    pub(super) fn parse(text: &str) -> Option<Time> {
        let number = |text: &str, most: u8| match text.as_bytes() {
            [b'0'..=b'9', b'0'..=b'9'] => text.parse::<u8>().ok().filter(|number| *number <= most),
            _ => None,
        };
        let (clock, zone) = match text.find(['Z', '+', '-', '\u{2212}']) {
            None => (text, None),
            Some(at) => {
                let (clock, zone) = text.split_at(at);
                let ahead = match zone.strip_prefix('+') {
                    _ if zone == "Z" => 0,
                    Some(ahead) => offset(ahead, number)?,
                    None => -offset(zone.strip_prefix(['-', '\u{2212}'])?, number)?,
                };
                (clock, Some(ahead))
            }
        };
        let mut parts = clock.split(':');
        let (hour, minute) = (number(parts.next()?, 23)?, number(parts.next()?, 59)?);
        let second = match parts.next() {
            Some(second) => Some(number(second, 59)?),
            None => None,
        };
        parts.next().is_none().then_some(Time { hour, minute, second, zone })
    }

    /// The zone as an offset from UTC: `+07:00`; empty if it is not known.
    fn offset(self) -> String {
        match self.zone {
            None => String::new(),
            Some(0) => "Z".into(),
            Some(ahead) => {
                let sign = if ahead < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", ahead.abs() / 60, ahead.abs() % 60)
            }
        }
    }

    /// Seconds since midnight.
    pub(super) fn seconds(self) -> i64 {
        (i64::from(self.hour) * 60 + i64::from(self.minute)) * 60 + i64::from(self.second.unwrap_or(0))
    }
}

/// The minutes of an offset without its sign: `07`, `0530`, `05:30`.
fn offset(text: &str, number: impl Fn(&str, u8) -> Option<u8>) -> Option<i16> {
    let (hours, minutes) = match text.len() {
        2 => (text, "00"),
        _ => (text.get(..2)?, text.get(2..)?.trim_start_matches(':')),
    };
    Some(i16::from(number(hours, 14)?) * 60 + i16::from(number(minutes, 59)?))
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        f.write_str(&self.offset())
    }
}
