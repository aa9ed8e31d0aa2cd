//! The functions that expressions may call: CEL's own, its extensions for texts, sets,
//! optional values, and Kubernetes' libraries.

mod convert;
mod format;
mod list;
mod named_format;
mod network;
mod optional;
mod quantity;
mod semver;
mod text;
mod time;
mod url;

use super::evaluate::Evaluator;
use super::syntax::{Call, Node};
use super::value::{Error, Outcome, Value};

pub use convert::{base64, type_of_name, type_of_path};

macro_rules! functions {
    ($($name:ident = $text:literal in $family:ident,)*) => {
        /// A function.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Function {
            $( $name, )*
            /// `format.dns1123Label` and the like.
            NamedFormat(&'static str),
            /// One that is not known here, and maybe nowhere.
            Unknown(Box<str>),
        }

        impl Function {
            /// The function of a name, with the space that it is in.
            pub fn find(name: &str) -> Option<Function> {
                Some(match name {
                    $( $text => Function::$name, )*
                    _ => Function::NamedFormat(named_format::find(name.strip_prefix("format.")?)?),
                })
            }

            fn family(&self) -> Family {
                match self {
                    $( Function::$name => Family::$family, )*
                    Function::NamedFormat(_) => Family::NamedFormat,
                    Function::Unknown(_) => Family::Unknown,
                }
            }
        }
    };
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Text,
    Pattern,
    List,
    Set,
    Convert,
    Time,
    Optional,
    Url,
    Network,
    Quantity,
    Order,
    Semver,
    NamedFormat,
    Unknown,
}

functions! {
    Size = "size" in List,
    Contains = "contains" in Text,
    StartsWith = "startsWith" in Text,
    EndsWith = "endsWith" in Text,
    CharAt = "charAt" in Text,
    IndexOf = "indexOf" in List,
    LastIndexOf = "lastIndexOf" in List,
    LowerAscii = "lowerAscii" in Text,
    UpperAscii = "upperAscii" in Text,
    Replace = "replace" in Text,
    Split = "split" in Text,
    Join = "join" in Text,
    Substring = "substring" in Text,
    Trim = "trim" in Text,
    Quote = "strings.quote" in Text,
    Format = "format" in Text,
    Matches = "matches" in Pattern,
    Find = "find" in Pattern,
    FindAll = "findAll" in Pattern,
    IsSorted = "isSorted" in List,
    Sum = "sum" in List,
    Min = "min" in List,
    Max = "max" in List,
    Includes = "includes" in List,
    Reverse = "reverse" in List,
    Slice = "slice" in List,
    Flatten = "flatten" in List,
    Distinct = "distinct" in List,
    Sort = "sort" in List,
    Range = "lists.range" in List,
    SetContains = "sets.contains" in Set,
    SetEquivalent = "sets.equivalent" in Set,
    SetIntersects = "sets.intersects" in Set,
    Int = "int" in Convert,
    Uint = "uint" in Convert,
    Double = "double" in Convert,
    ToString = "string" in Convert,
    Bytes = "bytes" in Convert,
    Bool = "bool" in Convert,
    Dyn = "dyn" in Convert,
    TypeOf = "type" in Convert,
    Duration = "duration" in Convert,
    Timestamp = "timestamp" in Convert,
    GetFullYear = "getFullYear" in Time,
    GetMonth = "getMonth" in Time,
    GetDate = "getDate" in Time,
    GetDayOfMonth = "getDayOfMonth" in Time,
    GetDayOfWeek = "getDayOfWeek" in Time,
    GetDayOfYear = "getDayOfYear" in Time,
    GetHours = "getHours" in Time,
    GetMinutes = "getMinutes" in Time,
    GetSeconds = "getSeconds" in Time,
    GetMilliseconds = "getMilliseconds" in Time,
    OptionalOf = "optional.of" in Optional,
    OptionalNone = "optional.none" in Optional,
    OptionalOfNonZero = "optional.ofNonZeroValue" in Optional,
    HasValue = "hasValue" in Optional,
    ValueOf = "value" in Optional,
    Or = "or" in Optional,
    OrValue = "orValue" in Optional,
    ParseUrl = "url" in Url,
    IsUrl = "isURL" in Url,
    GetScheme = "getScheme" in Url,
    GetHost = "getHost" in Url,
    GetHostname = "getHostname" in Url,
    GetPort = "getPort" in Url,
    GetEscapedPath = "getEscapedPath" in Url,
    GetQuery = "getQuery" in Url,
    Ip = "ip" in Network,
    IsIp = "isIP" in Network,
    IsCanonical = "ip.isCanonical" in Network,
    AddressFamily = "family" in Network,
    IsUnspecified = "isUnspecified" in Network,
    IsLoopback = "isLoopback" in Network,
    IsLinkLocalMulticast = "isLinkLocalMulticast" in Network,
    IsLinkLocalUnicast = "isLinkLocalUnicast" in Network,
    IsGlobalUnicast = "isGlobalUnicast" in Network,
    Cidr = "cidr" in Network,
    IsCidr = "isCIDR" in Network,
    ContainsIp = "containsIP" in Network,
    ContainsCidr = "containsCIDR" in Network,
    Masked = "masked" in Network,
    PrefixLength = "prefixLength" in Network,
    Quantity = "quantity" in Quantity,
    IsQuantity = "isQuantity" in Quantity,
    Sign = "sign" in Quantity,
    AsInteger = "asInteger" in Quantity,
    IsInteger = "isInteger" in Quantity,
    AsApproximateFloat = "asApproximateFloat" in Quantity,
    Add = "add" in Quantity,
    Sub = "sub" in Quantity,
    IsGreaterThan = "isGreaterThan" in Order,
    IsLessThan = "isLessThan" in Order,
    CompareTo = "compareTo" in Order,
    Semver = "semver" in Semver,
    IsSemver = "isSemver" in Semver,
    Major = "major" in Semver,
    Minor = "minor" in Semver,
    Patch = "patch" in Semver,
    FormatNamed = "format.named" in NamedFormat,
    Validate = "validate" in NamedFormat,
}

/// The value of a call.
pub fn call<'a>(evaluator: &mut Evaluator<'a>, call: &'a Call) -> Outcome<'a> {
    let function = &call.function;
    if let Function::Unknown(name) = function {
        return Err(Error::Unsupported(format!("the function `{name}`")));
    }
    if let (Function::Or | Function::OrValue, Some(target), [other]) =
        (function, &call.target, call.arguments.as_slice())
    {
        return optional::or(evaluator, function, target, other);
    }
    // Most have one argument or two.
    match (&call.target, call.arguments.as_slice()) {
        (Some(one), []) | (None, [one]) => {
            let values = [evaluator.evaluate(one)?];
            apply(evaluator, call, &values)
        }
        (Some(one), [two]) | (None, [one, two]) => {
            let values = [evaluator.evaluate(one)?, evaluator.evaluate(two)?];
            apply(evaluator, call, &values)
        }
        (target, arguments) => {
            let mut values = Vec::with_capacity(1 + arguments.len());
            for node in target.iter().chain(arguments) {
                values.push(evaluator.evaluate(node)?);
            }
            apply(evaluator, call, &values)
        }
    }
}

fn apply<'a>(evaluator: &mut Evaluator<'a>, call: &'a Call, values: &[Value<'a>]) -> Outcome<'a> {
    let function = &call.function;
    evaluator.spend(values.iter().map(super::arithmetic::size).sum())?;
    match function.family() {
        Family::Text => text::apply(function, values),
        Family::Pattern => text::apply_pattern(evaluator, call, values),
        Family::List => list::apply(evaluator, function, values),
        Family::Set => list::apply_to_sets(evaluator, function, values),
        Family::Convert => convert::apply(function, values),
        Family::Time => time::apply(function, values),
        Family::Optional => optional::apply(function, values),
        Family::Url => url::apply(function, values),
        Family::Network => network::apply(function, values),
        Family::Quantity => quantity::apply(function, values),
        Family::Order => match values {
            [Value::Quantity(one), Value::Quantity(two)] => {
                ordered(function, one.nanos().cmp(&two.nanos()))
            }
            [Value::Semver(one), Value::Semver(two)] => ordered(function, one.cmp_precedence(two)),
            _ => Err(Error::no_overload()),
        },
        Family::Semver => semver::apply(function, values),
        Family::NamedFormat => named_format::apply(function, values),
        Family::Unknown => Err(Error::no_overload()),
    }
}

fn ordered<'a>(function: &Function, order: std::cmp::Ordering) -> Outcome<'a> {
    Ok(match function {
        Function::IsGreaterThan => Value::Bool(order.is_gt()),
        Function::IsLessThan => Value::Bool(order.is_lt()),
        _ => Value::Int(order as i64),
    })
}

/// Whether a call is of a pattern that stands in the expression.
pub fn literal_pattern(call: &Call) -> Option<&str> {
    match (&call.target, call.arguments.as_slice()) {
        (Some(_), [Node::Text(pattern), ..]) | (None, [_, Node::Text(pattern)]) => Some(pattern),
        _ => None,
    }
}
