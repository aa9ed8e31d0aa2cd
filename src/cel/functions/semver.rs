//! Functions of semantic versions.

use super::super::semver::{normalized, semver};
use super::super::value::{Error, Outcome, Value};
use super::Function;

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    let number = |part: u64| Value::Int(part.try_into().unwrap_or(i64::MAX));
    Ok(match (function, values) {
        (Function::Major, [Value::Semver(version)]) => number(version.major),
        (Function::Minor, [Value::Semver(version)]) => number(version.minor),
        (Function::Patch, [Value::Semver(version)]) => number(version.patch),
        (_, [Value::Text(text), rest @ ..]) => {
            let version = match rest {
                [] | [Value::Bool(false)] => semver(text),
                [Value::Bool(true)] => normalized(text),
                _ => return Err(Error::no_overload()),
            };
            match (function, version) {
                (Function::IsSemver, version) => Value::Bool(version.is_some()),
                (Function::Semver, Some(version)) => Value::Semver(version.into()),
                _ => return Err(Error::failed(format!("`{}` is no semantic version", &**text))),
            }
        }
        _ => return Err(Error::no_overload()),
    })
}
