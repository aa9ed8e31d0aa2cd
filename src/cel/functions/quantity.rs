//! Functions of quantities: `500m`, `2Gi`.

use crate::scalar::{Quantity, Scalar};

use super::super::value::{Error, Outcome, Value};
use super::Function;

const NANOS: i128 = 1_000_000_000;

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    use Function as F;
    let whole = |quantity: &Quantity| match quantity.nanos() % NANOS {
        0 => i64::try_from(quantity.nanos() / NANOS).ok(),
        _ => None,
    };
    let from_nanos = |nanos: Option<i128>| match nanos {
        Some(nanos) => match Quantity::parse(&format!("{nanos}n")) {
            Ok(quantity) => Ok(Value::Quantity(quantity.into())),
            Err(_) => Err(Error::Unsupported("so large a quantity".to_owned())),
        },
        None => Err(Error::Unsupported("so large a quantity".to_owned())),
    };
    Ok(match (function, values) {
        (F::Quantity, [Value::Text(text)]) => match Quantity::parse(text) {
            Ok(quantity) => Value::Quantity(quantity.into()),
            Err(_) => return Err(Error::failed(format!("`{}` is no quantity", &**text))),
        },
        (F::IsQuantity, [Value::Text(text)]) => Value::Bool(Quantity::parse(text).is_ok()),
        (F::Sign, [Value::Quantity(quantity)]) => Value::Int(quantity.nanos().signum() as i64),
        (F::IsInteger, [Value::Quantity(quantity)]) => Value::Bool(whole(quantity).is_some()),
        (F::AsInteger, [Value::Quantity(quantity)]) => match whole(quantity) {
            Some(number) => Value::Int(number),
            None => return Err(Error::failed("cannot convert value to integer")),
        },
        (F::AsApproximateFloat, [Value::Quantity(quantity)]) => {
            Value::Double(quantity.nanos() as f64 / NANOS as f64)
        }
        (F::Add, [Value::Quantity(one), Value::Quantity(two)]) => {
            from_nanos(one.nanos().checked_add(two.nanos()))?
        }
        (F::Add, [Value::Quantity(one), Value::Int(two)]) => {
            from_nanos(one.nanos().checked_add(i128::from(*two) * NANOS))?
        }
        (F::Sub, [Value::Quantity(one), Value::Quantity(two)]) => {
            from_nanos(one.nanos().checked_sub(two.nanos()))?
        }
        (F::Sub, [Value::Quantity(one), Value::Int(two)]) => {
            from_nanos(one.nanos().checked_sub(i128::from(*two) * NANOS))?
        }
        _ => return Err(Error::no_overload()),
    })
}
