//! Parts of timestamps and durations.

use super::super::time::{Timestamp, offset};
use super::super::value::{Error, Outcome, Value};
use super::Function;

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    let number = match values {
        [Value::Timestamp(timestamp)] => of_timestamp(function, *timestamp),
        [Value::Timestamp(timestamp), Value::Text(zone)] => {
            let seconds = match &**zone {
                "UTC" | "" => Some(0),
                zone => offset(zone),
            };
            let Some(seconds) = seconds else {
                return Err(Error::Unsupported(format!("the time zone `{}`", &**zone)));
            };
            let local = timestamp.plus(i128::from(seconds) * 1_000_000_000);
            local.and_then(|local| of_timestamp(function, local))
        }
        [Value::Duration(nanos)] => of_duration(function, *nanos),
        _ => None,
    };
    number.map(Value::Int).ok_or_else(Error::no_overload)
}

fn of_timestamp(function: &Function, timestamp: Timestamp) -> Option<i64> {
    let civil = timestamp.civil();
    Some(match function {
        Function::GetFullYear => civil.year,
        Function::GetMonth => i64::from(civil.month) - 1,
        Function::GetDate => civil.day.into(),
        Function::GetDayOfMonth => i64::from(civil.day) - 1,
        Function::GetDayOfWeek => timestamp.day_of_week(),
        Function::GetDayOfYear => timestamp.day_of_year(),
        Function::GetHours => civil.hour.into(),
        Function::GetMinutes => civil.minute.into(),
        Function::GetSeconds => civil.second.into(),
        Function::GetMilliseconds => i64::from(timestamp.nanos / 1_000_000),
        _ => return None,
    })
}

fn of_duration(function: &Function, nanos: i64) -> Option<i64> {
    Some(match function {
        Function::GetHours => nanos / 3_600_000_000_000,
        Function::GetMinutes => nanos / 60_000_000_000,
        Function::GetSeconds => nanos / 1_000_000_000,
        Function::GetMilliseconds => nanos / 1_000_000,
        _ => return None,
    })
}
