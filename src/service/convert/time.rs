//! Points in time: microseconds inside, `google.protobuf.Timestamp` outside.

use prost_types::Timestamp as WireTime;

use crate::domain::date::Timestamp;
use crate::error::{Error, Result};

/// 0001-01-01T00:00:00Z in seconds since 1970, the first second of a `google.protobuf.Timestamp`.
const SECONDS_MIN: i64 = -62_135_596_800;
/// 9999-12-31T23:59:59Z, the last one.
const SECONDS_MAX: i64 = 253_402_300_799;
const MICROS_PER_SECOND: i64 = 1_000_000;

/// Reads a point in time; parts of a microsecond are dropped.
pub fn time_in(field: &str, time: &WireTime) -> Result<Timestamp> {
    if !(SECONDS_MIN..=SECONDS_MAX).contains(&time.seconds) || !(0..1_000_000_000).contains(&time.nanos) {
        return Err(Error::invalid(field, "must lie in the years 1 to 9999, with 0 to 999,999,999 nanos"));
    }
    Ok(Timestamp { micros: time.seconds * MICROS_PER_SECOND + i64::from(time.nanos / 1_000) })
}

/// A point in time.
pub fn time_out(time: Timestamp) -> WireTime {
    let seconds = time.micros.div_euclid(MICROS_PER_SECOND);
    // The remainder is less than a million, so its nanoseconds fit.
    let nanos = time.micros.rem_euclid(MICROS_PER_SECOND) as i32 * 1_000;
    WireTime { seconds, nanos }
}

/// A point in time in microseconds.
pub fn micros_out(micros: i64) -> Option<WireTime> {
    Some(time_out(Timestamp { micros }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_both_ways_to_the_microsecond() {
        for micros in
            [0, 1, -1, -1_000_001, 1_700_000_000_123_456, SECONDS_MIN * 1_000_000, SECONDS_MAX * 1_000_000 + 999_999]
        {
            assert_eq!(time_in("t", &time_out(Timestamp { micros })).unwrap(), Timestamp { micros });
        }
    }

    #[test]
    fn times_outside_the_calendar_are_refused() {
        for (seconds, nanos) in [(SECONDS_MIN - 1, 0), (SECONDS_MAX + 1, 0), (i64::MAX, 0), (0, -1), (0, 1_000_000_000)]
        {
            assert!(time_in("record.observed_time", &WireTime { seconds, nanos }).is_err());
        }
        assert!(time_in("t", &WireTime { seconds: SECONDS_MAX, nanos: 999_999_999 }).is_ok());
    }
}
