//! Functions of URLs.

use super::super::url::url;
use super::super::value::{Error, Map, Outcome, Value};
use super::Function;

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    Ok(match (function, values) {
        (Function::ParseUrl, [Value::Text(text)]) => match url(text) {
            Some(url) => Value::Url(url.into()),
            None => return Err(Error::failed(format!("`{}` is no URL", &**text))),
        },
        (Function::IsUrl, [Value::Text(text)]) => Value::Bool(url(text).is_some()),
        (Function::GetScheme, [Value::Url(url)]) => Value::text(&*url.scheme),
        (Function::GetHost, [Value::Url(url)]) => Value::text(&*url.host),
        (Function::GetHostname, [Value::Url(url)]) => Value::text(url.hostname()),
        (Function::GetPort, [Value::Url(url)]) => Value::text(url.port()),
        (Function::GetEscapedPath, [Value::Url(url)]) => Value::text(&*url.escaped_path),
        (Function::GetQuery, [Value::Url(url)]) => {
            let values =
                |all: &[String]| Value::list(all.iter().map(|v| Value::text(&**v)).collect());
            let entries = url.query.iter().map(|(key, all)| (Value::text(&**key), values(all)));
            Value::Map(Map::Made(entries.collect()))
        }
        _ => return Err(Error::no_overload()),
    })
}
