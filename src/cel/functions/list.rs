//! Functions of lists, and of lists as sets.

use super::super::evaluate::Evaluator;
use super::super::shape::Form;
use super::super::value::{Error, List, Outcome, Value};
use super::{Function, text};

pub fn apply<'a>(
    evaluator: &mut Evaluator<'a>,
    function: &Function,
    values: &[Value<'a>],
) -> Outcome<'a> {
    use Function as F;
    let count = |number: usize| Value::Int(number.try_into().unwrap_or(i64::MAX));
    match (function, values) {
        (F::Size, [Value::Text(text)]) => Ok(count(text.chars().count())),
        (F::Size, [Value::Bytes(bytes)]) => Ok(count(bytes.len())),
        (F::Size, [Value::List(list)]) => Ok(count(list.len())),
        (F::Size, [Value::Map(map)]) => Ok(count(map.len())),
        (F::IndexOf, [Value::Text(text), Value::Text(part)]) => {
            text::index_of(text, part, 0).map(Value::Int)
        }
        (F::IndexOf, [Value::Text(text), Value::Text(part), Value::Int(from)]) => {
            text::index_of(text, part, *from).map(Value::Int)
        }
        (F::LastIndexOf, [Value::Text(text), Value::Text(part)]) => {
            text::last_index_of(text, part, None).map(Value::Int)
        }
        (F::LastIndexOf, [Value::Text(text), Value::Text(part), Value::Int(from)]) => {
            text::last_index_of(text, part, Some(*from)).map(Value::Int)
        }
        (F::IndexOf, [Value::List(list), item]) => position(evaluator, list, item, 0..list.len()),
        (F::LastIndexOf, [Value::List(list), item]) => {
            position(evaluator, list, item, (0..list.len()).rev())
        }
        (F::IsSorted, [Value::List(list)]) => is_sorted(list),
        (F::Sum, [Value::List(list)]) => sum(list),
        (F::Min, [Value::List(list)]) => most(list, std::cmp::Ordering::Less),
        (F::Max, [Value::List(list)]) => most(list, std::cmp::Ordering::Greater),
        (F::Includes, [Value::List(list), item]) => has(evaluator, list, item).map(Value::Bool),
        (F::Includes, [one, two]) => evaluator.are_equal(one, two).map(Value::Bool),
        _ => Err(Error::no_overload()),
    }
}

fn position<'a>(
    evaluator: &mut Evaluator<'a>,
    list: &List<'a>,
    wanted: &Value<'a>,
    order: impl Iterator<Item = usize>,
) -> Outcome<'a> {
    for index in order {
        if let Some(item) = list.get(index)
            && evaluator.are_equal(&item?, wanted)?
        {
            return Ok(Value::Int(index.try_into().unwrap_or(i64::MAX)));
        }
    }
    Ok(Value::Int(-1))
}

fn is_sorted<'a>(list: &List<'a>) -> Outcome<'a> {
    let mut before: Option<Value<'a>> = None;
    for item in list.iter() {
        let item = item?;
        if let Some(before) = before
            && before.order(&item)?.is_some_and(|order| order.is_gt())
        {
            return Ok(Value::Bool(false));
        }
        before = Some(item);
    }
    Ok(Value::Bool(true))
}

fn sum<'a>(list: &List<'a>) -> Outcome<'a> {
    let mut total: Option<Value<'a>> = None;
    for item in list.iter() {
        let item = item?;
        if !matches!(item, Value::Int(_) | Value::Uint(_) | Value::Double(_) | Value::Duration(_)) {
            return Err(Error::no_overload());
        }
        total = Some(match total {
            Some(total) => super::super::arithmetic::sum(&total, &item)?,
            None => item,
        });
    }
    let of_durations = matches!(list, List::Given { shape, .. }
        if shape.item().is_some_and(|item| item.form() == Form::Duration));
    let nothing = if of_durations { Value::Duration(0) } else { Value::Int(0) };
    Ok(total.unwrap_or(nothing))
}

/// The least or the greatest item.
fn most<'a>(list: &List<'a>, better: std::cmp::Ordering) -> Outcome<'a> {
    let mut best: Option<Value<'a>> = None;
    for item in list.iter() {
        let item = item?;
        let is_better = match &best {
            Some(best) => item.order(best)? == Some(better),
            None => true,
        };
        if is_better {
            best = Some(item);
        }
    }
    best.ok_or_else(|| Error::failed("the least or greatest of an empty list"))
}

/// Whether a list has an item.
fn has<'a>(
    evaluator: &mut Evaluator<'a>,
    list: &List<'a>,
    wanted: &Value<'a>,
) -> Result<bool, Error> {
    evaluator.spend(list.len())?;
    for item in list.iter() {
        if evaluator.are_equal(&item?, wanted)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_all<'a>(
    evaluator: &mut Evaluator<'a>,
    list: &List<'a>,
    wanted: &List<'a>,
) -> Result<bool, Error> {
    for item in wanted.iter() {
        if !has(evaluator, list, &item?)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub fn apply_to_sets<'a>(
    evaluator: &mut Evaluator<'a>,
    function: &Function,
    values: &[Value<'a>],
) -> Outcome<'a> {
    let [Value::List(one), Value::List(two)] = values else { return Err(Error::no_overload()) };
    Ok(Value::Bool(match function {
        Function::SetContains => has_all(evaluator, one, two)?,
        Function::SetEquivalent => has_all(evaluator, one, two)? && has_all(evaluator, two, one)?,
        _ => {
            for item in two.iter() {
                if has(evaluator, one, &item?)? {
                    return Ok(Value::Bool(true));
                }
            }
            false
        }
    }))
}
